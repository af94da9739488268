import type { Position } from '../sandbox.ts'

export type SourceMap = { locate(line: number, column: number): Position | null }

type Segment = {
  readonly column: number
  readonly source: number
  readonly line: number
  readonly sourceColumn: number
}

/** Reads the `mappings` of a version 3 source map (ECMA-426). Lines and columns in and out count from 1. */
export function readSourceMap(sources: readonly string[], mappings: string): SourceMap {
  const lines = decode(mappings)
  return {
    locate(line, column) {
      const segments = lines[line - 1] ?? []
      const found = segments.findLast((segment) => segment.column <= column - 1) ?? segments[0]
      const file = found === undefined ? undefined : sources[found.source]
      if (found === undefined || file === undefined) return null
      return { file, line: found.line + 1, column: found.sourceColumn + 1 }
    },
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decode(mappings: string): Segment[][] {
  let source = 0
  let line = 0
  let sourceColumn = 0
  return mappings.split(';').map((group) => {
    let column = 0
    const segments: Segment[] = []
    for (const text of group.split(',')) {
      const [columnStep, sourceStep, lineStep, sourceColumnStep] = readNumbers(text)
      column += columnStep ?? 0
      if (sourceStep === undefined || lineStep === undefined || sourceColumnStep === undefined) continue
      source += sourceStep
      line += lineStep
      sourceColumn += sourceColumnStep
      segments.push({ column, source, line, sourceColumn })
    }
    return segments
  })
}

/** Base64 VLQ: five bits a digit, least significant first, the lowest bit of the number is its sign. */
function readNumbers(text: string): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (const char of text) {
    const digit = digits.indexOf(char)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return numbers
}
