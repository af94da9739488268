import { lazyPart } from '#web/kernel/lazy-part.ts'

export { askNewOrg } from './ask.ts'
export { useGone } from './gone.ts'
export { roleWords } from './role-words.ts'

export const NewOrgDialog = lazyPart(() =>
  import('./new-org-dialog.tsx').then((part) => ({ default: part.NewOrgDialog })),
)
export const OrganisationSection = lazyPart(() =>
  import('./organisation-section.tsx').then((part) => ({ default: part.OrganisationSection })),
)
export const PeopleSection = lazyPart(() =>
  import('./people-section.tsx').then((part) => ({ default: part.PeopleSection })),
)
