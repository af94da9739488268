import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { untilFetched } from '#web/kernel/lazy-part.ts'
import { parseAuditSearch } from '../features/audit/filter.ts'
import { forgetOrg, rememberOrg } from './last-org.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { Overlays } from './overlays.tsx'
import { ProblemPage } from './problem-page.tsx'
import { isUuid, parsePlace, parseSettings } from './search-params.ts'

const root = createRootRoute({
  validateSearch: parseSettings,
  component: () => (
    <>
      <Outlet />
      <Overlays />
    </>
  ),
  errorComponent: ProblemPage,
  notFoundComponent: NotFoundPage,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => untilFetched(() => import('./home-page.tsx')), 'HomePage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => untilFetched(() => import('./sign-in-page.tsx')), 'SignInPage'),
})

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => untilFetched(() => import('./invite-page.tsx')), 'InvitePage'),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => untilFetched(() => import('./reset-password-page.tsx')), 'ResetPasswordPage'),
})

const org = createRoute({
  getParentRoute: () => root,
  path: '/o/$orgId',
  validateSearch: parsePlace,
  beforeLoad: ({ params }) => {
    if (isUuid(params.orgId)) return rememberOrg(params.orgId)
    forgetOrg()
    throw redirect({ to: '/', replace: true })
  },
  component: lazyRouteComponent(() => untilFetched(() => import('./org-page.tsx')), 'OrgPage'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/o/$orgId/audit',
  validateSearch: parseAuditSearch,
  beforeLoad: ({ params }) => {
    if (!isUuid(params.orgId)) throw redirect({ to: '/', replace: true })
  },
  component: lazyRouteComponent(() => untilFetched(() => import('./audit-page.tsx')), 'AuditPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, signIn, resetPassword, invite, org, audit]),
  defaultPreload: false,
  defaultErrorComponent: ProblemPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
