// Actions one often looks for; the field takes any other, and prefixes ending in . or *.
export const actions = [
  'point.*', 'point.login', 'point.logout_everywhere', 'point.person.*', 'point.person.create', 'point.person.update', 'point.password.*', 'point.password.reset', 'point.factor.*', 'point.session.*', 'point.session.revoke',
  'point.role.update', 'point.key.rotate', 'point.archont.*', 'point.audit.*', 'point.audit.verify', 'ottb.*', 'ottb.campaign.*', 'ottb.lead.*', 'ottb.dnc.*', 'ottb.dnc.lookup', 'ottb.hub.*', 'ottb.slot.*', 'ottb.trunk.*', 'ottb.profile.create', 'ottb.flow.create',
];
