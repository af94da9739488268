import { expect, test } from 'vitest'
import { permissionsPage, writtenPage } from './permissions-page.mjs'

test('the page of permissions says what the tables say; if not: node scripts/permissions-page.mjs', () => {
  expect(writtenPage()).toBe(permissionsPage())
})
