import { expect, test } from 'vitest'
import type { Here } from '#shared/drafts/asides.ts'
import { UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import { createPresence } from './presence-store.ts'

const lead = WorkspaceId.parse('0196f0c0-0000-7000-8000-000000000001')
const cook = WorkspaceId.parse('0196f0c0-0000-7000-8000-000000000002')

function here(who: string, workspaceId: WorkspaceId | null, path?: string): Here {
  const userId = UserId.parse(who)
  return { id: `${who}/1`, userId, name: who, workspaceId, file: path === undefined ? null : { path, cursor: null } }
}

test('a card hears of who comes and goes, and not of where their cursor is', () => {
  const presence = createPresence('own')
  let told = 0
  presence.subscribe(lead, () => {
    told += 1
  })
  presence.hear({ kind: 'here', here: here('bea', lead) })
  expect(presence.at(lead)).toMatchObject([{ name: 'bea', isEditing: false }])
  presence.hear({ kind: 'here', here: here('bea', lead, 'a.md') })
  const cursor = { anchor: 'AA==', head: 'AA==' }
  const moved = { ...here('bea', lead), file: { path: 'a.md', cursor } }
  presence.hear({ kind: 'here', here: moved })
  expect(told).toBe(2)
  expect(presence.pagesOn(lead, 'a.md')).toEqual([moved])

  presence.hear({ kind: 'here', here: here('bea', cook) })
  expect(presence.at(lead)).toEqual([])
  expect(presence.at(cook)).toHaveLength(1)
  presence.hear({ kind: 'gone', id: 'bea/1' })
  expect(presence.at(cook)).toEqual([])
  expect(told).toBe(3)
})

test('two pages of one person are one person, and the own page is nobody', () => {
  const presence = createPresence('own')
  const all = [
    here('bea', lead),
    { ...here('bea', lead, 'a.md'), id: 'bea/2' },
    { ...here('ada', lead), id: 'ada/own' },
  ]
  presence.hear({ kind: 'present', all })
  expect(presence.at(lead)).toMatchObject([{ name: 'bea', isEditing: true }])
})

test('who is present now takes the place of all who were', () => {
  const presence = createPresence('own')
  presence.hear({ kind: 'here', here: here('bea', lead) })
  presence.hear({ kind: 'present', all: [here('cy', cook)] })
  expect(presence.at(lead)).toEqual([])
  expect(presence.at(cook)).toMatchObject([{ name: 'cy' }])
})
