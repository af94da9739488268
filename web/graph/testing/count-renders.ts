/** What React tells the developer tools of a piece of the screen; only what is read here. */
type Fiber = {
  tag: number
  flags: number
  alternate: Fiber | null
  child: Fiber | null
  sibling: Fiber | null
}

/** Functions and classes, plain, forwarded or remembered. */
const componentTags = new Set([0, 1, 11, 14, 15])
const performedWork = 1

let most = 0

/** Counts the components that each commit rendered, exactly, as the developer tools know them; also in a built page. */
export function countRenders(): void {
  const hook = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberUnmount: () => {},
    onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
      most = Math.max(most, renderedIn(root.current))
      document.documentElement.dataset.mostRenders = String(most)
    },
  }
  Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: hook })
}

/** Begins anew: from here on the largest commit counts. */
export function forgetRenders(): void {
  most = 0
  document.documentElement.dataset.mostRenders = '0'
}

function renderedIn(fiber: Fiber): number {
  const own = componentTags.has(fiber.tag) && (fiber.flags & performedWork) > 0 ? 1 : 0
  // What was left alone still carries the marks of an earlier commit.
  if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return own
  let count = own
  for (let child = fiber.child; child !== null; child = child.sibling) {
    count += renderedIn(child)
  }
  return count
}
