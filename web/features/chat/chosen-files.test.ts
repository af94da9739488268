import { expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { addFiles, changeFile, chosenFiles, type FileState, forgetSentFiles, removeFile } from './chosen-files.ts'

function sending(key: string): FileState {
  return { key, name: `${key}.md`, bytes: 12, phase: 'sending' }
}

function kept(key: string): FileState {
  return { ...sending(key), phase: 'kept', id: key, missing: null, isMasked: false }
}

function newPlace() {
  return WorkspaceId.parse(crypto.randomUUID())
}

it('holds the files of each workspace whatever is shown', () => {
  const [scout, cook] = [newPlace(), newPlace()]
  addFiles(scout, [sending('tides')])
  addFiles(cook, [sending('soup')])
  changeFile(scout, kept('tides'))
  expect(chosenFiles(scout)).toEqual([kept('tides')])
  expect(chosenFiles(cook)).toEqual([sending('soup')])
})

it('does not bring back a file that was removed while it was on its way', () => {
  const scout = newPlace()
  addFiles(scout, [sending('tides')])
  removeFile(scout, sending('tides'))
  changeFile(scout, kept('tides'))
  expect(chosenFiles(scout)).toEqual([])
})

it('keeps a file that was chosen after the words were sent', () => {
  const scout = newPlace()
  addFiles(scout, [kept('tides'), sending('winds')])
  forgetSentFiles(scout, ['tides'])
  expect(chosenFiles(scout)).toEqual([sending('winds')])
})
