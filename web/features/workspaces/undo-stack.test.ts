import { describe, expect, it } from 'vitest'
import { createUndoStack } from './undo-stack.ts'

describe('the undo stack', () => {
  it('takes back the latest first, by name', async () => {
    const stack = createUndoStack()
    const undone: string[] = []
    const act = (name: string) => ({ name, undo: async () => void undone.push(name) })
    stack.push(act('rename of A'))
    stack.push(act('move of B'))
    expect(stack.latest()?.name).toBe('move of B')
    await stack.undo()
    await stack.undo()
    expect(undone).toEqual(['move of B', 'rename of A'])
    expect(await stack.undo()).toBeUndefined()
  })

  it('takes back one act once, however often it is asked', async () => {
    const stack = createUndoStack()
    const undone: string[] = []
    const act = { name: 'move', undo: async () => void undone.push('move') }
    stack.push(act)
    await Promise.all([stack.undo(act), stack.undo(act)])
    await stack.undo(act)
    expect(undone).toHaveLength(1)
  })

  it('keeps an act that could not be taken back', async () => {
    const stack = createUndoStack()
    stack.push({ name: 'move', undo: () => Promise.reject(new Error('offline')) })
    await expect(stack.undo()).rejects.toThrow('offline')
    expect(stack.latest()?.name).toBe('move')
  })
})
