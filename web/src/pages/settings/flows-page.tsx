// IVR flows: what a lead hears and may press, by name and version.
import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '@/parts/answer.tsx';
import { FilterInput } from '@/parts/filter-input.tsx';
import frame from '@/parts/page.module.css';
import { Empty } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { DocumentList } from './document-list.tsx';
import { branchesOf, byName, walk } from './documents.ts';
import { SettingsFrame } from './frame.tsx';
import { type Flow, type FlowNode, flowsQuery } from './questions.ts';
import { documentSearch } from './search.ts';
import classes from './settings.module.css';

function NodeCard({ name, node, start, reached }: { name: string; node: FlowNode; start: boolean; reached: boolean }) {
  const { t } = useTranslation();
  const to = (target: string) => <a href={`#node-${target}`}>{target}</a>;
  const keyWords = (key: string) => (key === '' ? t('settings.silence') : key === 'else' ? t('settings.otherKey') : key);
  return (
    <li id={`node-${name}`} className={classes.node} data-state={start ? 'ready' : node.opt_out ? 'calling' : node.hang_up ? 'idle' : undefined}>
      <div className={classes.nodeHead}>
        <Text fw={650}>{name}</Text>
        {start && <Tag tone="good">{t('settings.start')}</Tag>}
        {node.opt_out && <Tag tone="warn">{t('settings.optOut')}</Tag>}
        {node.hang_up && <Tag>{t('settings.hangUp')}</Tag>}
        {!reached && <Tag>{t('settings.unreached')}</Tag>}
      </div>
      <dl className={classes.branches}>
        {(node.play ?? []).length > 0 && <><dt>{t('settings.plays')}</dt><dd>{node.play!.map((one) => <Code key={one} mr={4}>{one}</Code>)}</dd></>}
        {node.language && <><dt>{t('settings.language')}</dt><dd>{node.language}</dd></>}
        {node.gather && <><dt>{t('settings.gathers')}</dt><dd>{t('settings.digits', { count: node.gather.max })}, {t('settings.waits', { seconds: node.gather.timeout_ms / 1000 })}</dd></>}
        {branchesOf(node).map(([key, target]) => <div key={key} style={{ display: 'contents' }}><dt>{keyWords(key)}</dt><dd>→ {to(target)}</dd></div>)}
        {node.next && <><dt>{t('settings.then')}</dt><dd>→ {to(node.next)}</dd></>}
      </dl>
    </li>
  );
}

function FlowView({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const { start, nodes } = flow.document;
  return (
    <Stack p="sm" gap="sm">
      <Text size="sm" c="var(--quiet)">{t('settings.made')} <Time at={flow.created_at} />. {t('settings.versionNote')}</Text>
      <ol className={classes.nodes}>{walk(start, nodes).map(({ name, reached }) => <NodeCard key={name} name={name} node={nodes[name]!} start={name === start} reached={reached} />)}</ol>
    </Stack>
  );
}

export function FlowsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/frame/settings/flows' });
  const flows = useQuery(flowsQuery);
  const names = byName(flows.data ?? [], search.q);
  const chosen = flows.data?.find((one) => one.id === search.id) ?? names[0]?.versions[0];
  const setQ = useCallback((q: string) => void navigate({ to: '/settings/flows', search: (old) => documentSearch({ ...old, q }), replace: true }), [navigate]);
  return (
    <SettingsFrame title={t('settings.flows')} note={chosen && `${chosen.name} v${chosen.version}`}>
      <Answer of={flows}>
        {(all) =>
          all.length === 0 ? <Empty title={t('settings.noFlows')}>{t('settings.noFlowsNext')}</Empty> : (
            <>
              <div className={frame.tools}><FilterInput value={search.q ?? ''} label={t('settings.findName')} group={t('settings.title')} onChange={setQ} /></div>
              <div className={classes.both}>
                <DocumentList names={names} chosen={chosen} to="/settings/flows" label={t('settings.flows')} />
                {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
                <div className={classes.shown} role="region" aria-label={chosen?.name ?? t('settings.flows')} tabIndex={0}>{chosen ? <FlowView flow={chosen} /> : <Empty title={t('settings.noName')}>{t('people.nothingNext')}</Empty>}</div>
              </div>
            </>
          )
        }
      </Answer>
    </SettingsFrame>
  );
}
