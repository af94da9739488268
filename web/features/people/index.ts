import { lazy } from 'react'

export { askNewOrg } from './ask.ts'
export { followPeople } from './cache.ts'
export { useGone } from './gone.ts'
export { roleWords } from './words.ts'

export const NewOrgDialog = lazy(() => import('./new-org-dialog.tsx').then((part) => ({ default: part.NewOrgDialog })))
export const OrganisationSection = lazy(() =>
  import('./organisation-section.tsx').then((part) => ({ default: part.OrganisationSection })),
)
export const PeopleSection = lazy(() =>
  import('./people-section.tsx').then((part) => ({ default: part.PeopleSection })),
)
