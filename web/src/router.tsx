// The routes. A page loads its own code; nobody sees one before it is known who he is.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from './api/me.ts';
import { Problem } from './api/problem.ts';
import { live } from './live/client.ts';
import { Absent, Broken } from './parts/broken.tsx';
import { Gate } from './parts/gate.tsx';
import { Shell } from './parts/shell.tsx';
import { Loading } from './parts/states.tsx';
import { pages } from './pages.ts';
import { queries } from './queries.ts';
import { watchSession } from './session.ts';
import { only, parseUrl, writeUrl } from './url.ts';
import { archontsSearch } from './pages/archonts/search.ts';
import { analyticsSearch } from './pages/analytics/search.ts';
import { auditSearch } from './pages/audit/search.ts';
import { explainSearch, peopleSearch, rolesSearch, sessionsSearch } from './pages/people/search.ts';
import { dncSearch, documentSearch } from './pages/settings/search.ts';
import { trunksSearch } from './pages/trunks/search.ts';
import { callsSearch } from './pages/calls/search.ts';
import { campaignsSearch, wizardSearch } from './pages/campaigns/search.ts';
import { importSearch, leadsSearch } from './pages/leads/search.ts';
import { wallSearch } from './pages/wall/search.ts';
import { slotsQuery } from './pages/wall/slots-query.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const root = createRootRoute({ component: Outlet, notFoundComponent: Absent, errorComponent: Broken });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: only((search): { next?: string } => ({ next: text(search['next']) })),
  component: lazyRouteComponent(() => import('./pages/login/page.tsx'), 'LoginPage'),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    try {
      const me = await queries.ensureQueryData(meQuery);
      if (me.must_change && location.pathname !== '/password') throw redirect({ to: '/password', search: { next: location.href } });
      live.wake();
    } catch (why) {
      if (why instanceof Problem && why.status === 401) throw redirect({ to: '/login', search: { next: location.href } });
      throw why;
    }
  },
  component: Outlet,
});

const password = createRoute({
  getParentRoute: () => inside,
  path: '/password',
  validateSearch: only((search): { next?: string } => ({ next: text(search['next']) })),
  component: lazyRouteComponent(() => import('./pages/login/password-page.tsx'), 'PasswordPage'),
});

const frame = createRoute({ getParentRoute: () => inside, id: 'frame', component: Shell });

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    const allowed = queries.getQueryData(meQuery.queryKey)?.permissions ?? [];
    const first = pages.find((page) => allowed.includes(page.permission));
    throw redirect({ to: first?.path ?? '/account' });
  },
});

const Wall = lazyRouteComponent(() => import('./pages/wall/page.tsx'), 'WallPage');
const wall = createRoute({
  getParentRoute: () => frame,
  path: '/wall',
  validateSearch: only(wallSearch),
  // The page most people open first: its code and its data come while the frame is drawn.
  loader: () => {
    if (!queries.getQueryData(meQuery.queryKey)?.permissions.includes('ottb.slot.read')) return;
    void Wall.preload?.();
    void queries.prefetchQuery(slotsQuery(false));
  },
  component: () => <Gate permission="ottb.slot.read"><Wall /></Gate>,
});

const Slot = lazyRouteComponent(() => import('./pages/slot/page.tsx'), 'SlotPage');
const slot = createRoute({
  getParentRoute: () => frame,
  path: '/slots/$number',
  component: () => <Gate permission="ottb.slot.read"><Slot /></Gate>,
});

const Archonts = lazyRouteComponent(() => import('./pages/archonts/page.tsx'), 'ArchontsPage');
const archonts = createRoute({
  getParentRoute: () => frame,
  path: '/archonts',
  validateSearch: only(archontsSearch),
  component: () => <Gate permission="ottb.hub.read"><Archonts /></Gate>,
});

const Hub = lazyRouteComponent(() => import('./pages/archonts/hub-page.tsx'), 'HubPage');
const hub = createRoute({
  getParentRoute: () => frame,
  path: '/archonts/$hub',
  component: () => <Gate permission="ottb.hub.read"><Hub /></Gate>,
});
const People = lazyRouteComponent(() => import('./pages/people/page.tsx'), 'PeoplePage');
const people = createRoute({ getParentRoute: () => frame, path: '/people', validateSearch: only(peopleSearch), component: () => <Gate permission="point.person.read"><People /></Gate> });

const Person = lazyRouteComponent(() => import('./pages/people/person-page.tsx'), 'PersonPage');
const person = createRoute({ getParentRoute: () => frame, path: '/people/$person', component: () => <Gate permission="point.person.read"><Person /></Gate> });

const Roles = lazyRouteComponent(() => import('./pages/people/roles-page.tsx'), 'RolesPage');
const roles = createRoute({ getParentRoute: () => frame, path: '/people/roles', validateSearch: only(rolesSearch), component: () => <Gate permission="point.role.read"><Roles /></Gate> });

const Sessions = lazyRouteComponent(() => import('./pages/people/sessions-page.tsx'), 'SessionsPage');
const sessions = createRoute({ getParentRoute: () => frame, path: '/people/sessions', validateSearch: only(sessionsSearch), component: () => <Gate permission="point.session.read"><Sessions /></Gate> });

const Keys = lazyRouteComponent(() => import('./pages/people/keys-page.tsx'), 'KeysPage');
const keys = createRoute({ getParentRoute: () => frame, path: '/people/keys', component: () => <Gate permission="point.key.read"><Keys /></Gate> });

const Explain = lazyRouteComponent(() => import('./pages/people/explain-page.tsx'), 'ExplainPage');
const explain = createRoute({ getParentRoute: () => frame, path: '/people/explain', validateSearch: only(explainSearch), component: () => <Gate permission="point.role.read"><Explain /></Gate> });

const Audit = lazyRouteComponent(() => import('./pages/audit/page.tsx'), 'AuditPage');
const audit = createRoute({ getParentRoute: () => frame, path: '/audit', validateSearch: only(auditSearch), component: () => <Gate permission="point.audit.read"><Audit /></Gate> });

const Profiles = lazyRouteComponent(() => import('./pages/settings/profiles-page.tsx'), 'ProfilesPage');
const settings = createRoute({ getParentRoute: () => frame, path: '/settings', validateSearch: only(documentSearch), component: () => <Gate permission="ottb.profile.read"><Profiles /></Gate> });

const Dnc = lazyRouteComponent(() => import('./pages/settings/dnc-page.tsx'), 'DncPage');
const dnc = createRoute({ getParentRoute: () => frame, path: '/settings/do-not-call', validateSearch: only(dncSearch), component: () => <Gate permission="ottb.dnc.read"><Dnc /></Gate> });

const Flows = lazyRouteComponent(() => import('./pages/settings/flows-page.tsx'), 'FlowsPage');
const flows = createRoute({ getParentRoute: () => frame, path: '/settings/flows', validateSearch: only(documentSearch), component: () => <Gate permission="ottb.flow.read"><Flows /></Gate> });

const site = createRoute({ getParentRoute: () => frame, path: '/settings/site', component: lazyRouteComponent(() => import('./pages/settings/site-page.tsx'), 'SitePage') });

const Trunks = lazyRouteComponent(() => import('./pages/trunks/page.tsx'), 'TrunksPage');
const trunks = createRoute({
  getParentRoute: () => frame,
  path: '/trunks',
  validateSearch: only(trunksSearch),
  component: () => <Gate permission="ottb.trunk.read"><Trunks /></Gate>,
});

const Health = lazyRouteComponent(() => import('./pages/health/page.tsx'), 'HealthPage');
const health = createRoute({
  getParentRoute: () => frame,
  path: '/health',
  component: () => <Gate permission="workspace.health.read"><Health /></Gate>,
});

const Floor = lazyRouteComponent(() => import('./pages/floor/page.tsx'), 'FloorPage');
const floor = createRoute({
  getParentRoute: () => inside, // without the frame: it has the screen for itself
  path: '/floor',
  validateSearch: only((search): { scheme?: 'light' } => (search['scheme'] === 'light' ? { scheme: 'light' } : {})),
  component: () => <main><Gate permission="ottb.campaign.read"><Floor /></Gate></main>,
});
const Calls = lazyRouteComponent(() => import('./pages/calls/page.tsx'), 'CallsPage');
const calls = createRoute({ getParentRoute: () => frame, path: '/calls', validateSearch: only(callsSearch), component: () => <Gate permission="ottb.attempt.read"><Calls /></Gate> });
const Call = lazyRouteComponent(() => import('./pages/calls/story-page.tsx'), 'CallPage');
const call = createRoute({ getParentRoute: () => frame, path: '/calls/$id', component: () => <Gate permission="ottb.attempt.read"><Call /></Gate> });

const Campaigns = lazyRouteComponent(() => import('./pages/campaigns/page.tsx'), 'CampaignsPage');
const campaigns = createRoute({ getParentRoute: () => frame, path: '/campaigns', validateSearch: only(campaignsSearch), component: () => <Gate permission="ottb.campaign.read"><Campaigns /></Gate> });
const NewCampaign = lazyRouteComponent(() => import('./pages/campaigns/new-page.tsx'), 'NewCampaignPage');
const newCampaign = createRoute({ getParentRoute: () => frame, path: '/campaigns/new', validateSearch: only(wizardSearch), component: () => <Gate permission="ottb.campaign.write"><NewCampaign /></Gate> });
const Campaign = lazyRouteComponent(() => import('./pages/campaigns/one-page.tsx'), 'CampaignPage');
const campaign = createRoute({ getParentRoute: () => frame, path: '/campaigns/$id', component: () => <Gate permission="ottb.campaign.read"><Campaign /></Gate> });
const EditCampaign = lazyRouteComponent(() => import('./pages/campaigns/edit-page.tsx'), 'EditCampaignPage');
const editCampaign = createRoute({ getParentRoute: () => frame, path: '/campaigns/$id/edit', validateSearch: only(wizardSearch), component: () => <Gate permission="ottb.campaign.write"><EditCampaign /></Gate> });

const Leads = lazyRouteComponent(() => import('./pages/leads/page.tsx'), 'LeadsPage');
const leads = createRoute({ getParentRoute: () => frame, path: '/leads', validateSearch: only(leadsSearch), component: () => <Gate permission="ottb.lead.read"><Leads /></Gate> });
const Import = lazyRouteComponent(() => import('./pages/leads/import/page.tsx'), 'ImportPage');
const importing = createRoute({ getParentRoute: () => frame, path: '/leads/import', validateSearch: only(importSearch), component: () => <Gate permission="ottb.lead.read"><Import /></Gate> });
const Analytics = lazyRouteComponent(() => import('./pages/analytics/page.tsx'), 'AnalyticsPage');
const analytics = createRoute({ getParentRoute: () => frame, path: '/analytics', validateSearch: only(analyticsSearch), component: () => <Gate permission="dci.summary.read"><Analytics /></Gate> });

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/page.tsx'), 'AccountPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren([password, floor, frame.addChildren([home, wall, slot, archonts, hub, people, person, roles, sessions, keys, explain, audit, settings, dnc, flows, site, trunks, health, calls, call, campaigns, newCampaign, campaign, editCampaign, leads, importing, analytics, account])])]),
  parseSearch: parseUrl,
  stringifySearch: writeUrl,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

watchSession(async (comeBack) => {
  const { pathname, href } = router.state.location;
  if (pathname !== '/login') await router.navigate({ to: '/login', search: comeBack ? { next: href } : {} });
});
