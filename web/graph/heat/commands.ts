import type { Command } from '../../kernel/commands.ts'
import { oneOf } from '../../kernel/storage.ts'
import { graphView, heatKinds } from '../graph-view.ts'
import { heatNames } from './heat.ts'

/** One a kind of overlay. */
export function heatCommands(): Command[] {
  return heatKinds.map((kind) => ({
    id: `graph.overlay-${kind}`,
    title: kind === 'none' ? 'Show no overlay' : `Overlay: ${heatNames[kind].toLowerCase()}`,
    group: 'Graph',
    when: () => graphView.now().heat !== kind,
    run: () => graphView.change({ heat: kind }),
  }))
}

/** Chosen from a menu, whose values are words. */
export function chooseHeat(value: string): void {
  graphView.change({ heat: oneOf(...heatKinds)(value) ?? 'none' })
}
