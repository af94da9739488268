import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { isOrgId } from '../../kernel/ids.ts'

/** Whether the settings are open, and at which section; the address holds it, so a link leads there and Back closes them. */
export function useSettings() {
  const { settings } = useSearch({ strict: false })
  const { orgId } = useParams({ strict: false })
  // The router's own: a component above the page would be led back to where it stands itself.
  const router = useRouter()
  return {
    orgId: orgId !== undefined && isOrgId(orgId) ? orgId : undefined,
    section: settings,
    open: (section = 'secrets') =>
      void router.navigate({
        to: '.',
        search: (before) => ({ ...before, settings: section }),
        replace: settings !== undefined,
      }),
    close: () => void router.navigate({ to: '.', search: ({ settings: _closed, ...before }) => before, replace: true }),
  }
}
