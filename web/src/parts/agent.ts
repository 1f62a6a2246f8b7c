const browsers: [RegExp, string][] = [
  [/\bEdg\/(\d+)/, 'Edge'], [/\bYaBrowser\/(\d+)/, 'Yandex'], [/\bOPR\/(\d+)/, 'Opera'], [/\bFirefox\/(\d+)/, 'Firefox'], [/Chrome\/(\d+)/, 'Chrome'], [/\bVersion\/(\d+).* Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux'],
];

/** "Chrome 156, Linux" from a User-Agent; what we do not know stays as it is, shortened. */
export function agentWords(agent: string): string {
  const browser = browsers.find(([form]) => form.test(agent));
  const system = systems.find(([form]) => form.test(agent))?.[1];
  if (!browser) return agent.length > 40 ? `${agent.slice(0, 39)}…` : agent || '—';
  return [`${browser[1]} ${browser[0].exec(agent)![1]}`, system].filter(Boolean).join(', ');
}
