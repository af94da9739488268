import { expect, test } from 'vitest'
import { mayMean } from './may-mean.ts'
import { toolName } from './tool-name.ts'

const long = `files.${'x'.repeat(90)}`

test.each([
  ['sky__delete_all', toolName('sky', 'Delete_All')],
  ['SKY__Delete_*', toolName('sky', 'delete_all')],
  ['sky__files.delete', toolName('sky', 'files.delete')],
  ['sky__files.*', toolName('sky', 'files.delete')],
  ['sky__*.delete', toolName('sky', 'files.delete')],
  ['sky__Files.*', toolName('sky', 'files.delete')],
  [`sky__${long}`, toolName('sky', long)],
  ['SKY__FILES.delete', toolName('sky', 'files.delete')],
  ['sky__*delete', toolName('sky', `${'x'.repeat(90)}delete`)],
  ['File_*', 'file_write'],
])('%s means %s', (pattern, name) => {
  expect(mayMean(pattern, name)).toBe(true)
})

test.each([
  ['sky__files.delete', toolName('sky', 'files.read')],
  ['sky__*.delete', toolName('sky', 'files.read')],
  ['sea__files.*', toolName('sky', 'files.read')],
  ['sky__delete', 'sky__delete_all'],
  ['sky__delete', 'sky__delete_forever'],
  ['sky__*_delete', 'sky__file_delete_all'],
  ['file_write', 'file_read'],
])('%s does not mean %s', (pattern, name) => {
  expect(mayMean(pattern, name)).toBe(false)
})
