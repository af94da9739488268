import { Rail } from './rail.tsx'
import { Shell } from './shell.tsx'
import { TopBar } from './top-bar.tsx'

/** Puts the panes of the features into the frame. */
export function OrgPage() {
  return (
    <Shell
      title="Delegraph"
      topBar={<TopBar />}
      rail={<Rail />}
      graph={null}
      dock={null}
      inspector={null}
      statusBar={null}
    />
  )
}
