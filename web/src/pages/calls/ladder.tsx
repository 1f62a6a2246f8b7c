// The SIP ladder: four lanes, an arrow per message, the time where one is known.
import { ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/parts/section.tsx';
import { moment } from '@/parts/time-text.ts';
import { useTimeStyle } from '@/parts/time.tsx';
import classes from './calls.module.css';
import { type Arrow, type Lane, lanes } from './ladder.ts';

// The drawing's own units; the picture scales to its place.
const width = 640;
const timeWidth = 84;
const top = 34;
const step = 26;
type Place = (lane: Lane) => number;
const placeOf = (used: readonly Lane[]): Place => (lane) => timeWidth + 46 + (used.indexOf(lane) * (width - timeWidth - 92)) / Math.max(1, used.length - 1);

function ArrowLine({ arrow, y, time, permit, laneX }: { arrow: Arrow; y: number; time: string; permit: string; laneX: Place }) {
  const from = laneX(arrow.from);
  const to = laneX(arrow.to);
  const way = Math.sign(to - from);
  return (
    <g className={classes.arrow} data-tone={arrow.tone}>
      {arrow.hint && <title>{arrow.hint}</title>}
      {time && <text x={0} y={y + 4} className={classes.ladderTime}>{time}</text>}
      <line x1={from} y1={y} x2={to - way * 7} y2={y} />
      <path d={`M ${to} ${y} l ${-way * 8} -4 v 8 z`} />
      <text x={(from + to) / 2} y={y - 5} textAnchor="middle">{arrow.note ? `${arrow.text} · ${permit}` : arrow.text}</text>
    </g>
  );
}

export function Ladder({ arrows, trunk }: { arrows: readonly Arrow[]; trunk: string | null }) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  const used = lanes.filter((lane) => arrows.some((one) => one.from === lane || one.to === lane));
  const laneX = placeOf(used);
  const height = top + arrows.length * step + 14;
  const first = arrows.find((one) => one.at)?.at;
  const time = (at: string | null) => (at ? moment(Date.parse(at), Date.parse(first ?? at), style) : '');
  const name = (lane: Lane) => (lane === 'trunk' && trunk ? t('calls.ladder.trunkNamed', { trunk }) : t(`calls.ladder.${lane}`));
  return (
    <Section title={t('calls.ladder.title')} note={arrows.length === 0 ? t('calls.ladder.none') : t('calls.ladder.note')}>
      {arrows.length > 0 && (
        <>
          <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': t('calls.ladder.title') }}>
            <svg className={classes.ladder} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('calls.ladder.title')} aria-describedby="ladder-words">
              {used.map((lane) => (
                <g key={lane} className={classes.lane}>
                  <text x={laneX(lane)} y={16} textAnchor="middle">{name(lane)}</text>
                  <line x1={laneX(lane)} y1={24} x2={laneX(lane)} y2={height} />
                </g>
              ))}
              {/* oxlint-disable-next-line react/no-array-index-key -- messages stand in order, and two may be alike */}
              {arrows.map((arrow, i) => <ArrowLine key={i} arrow={arrow} y={top + i * step + 14} time={time(arrow.at)} permit={t('calls.ladder.permit')} laneX={laneX} />)}
            </svg>
          </ScrollArea>
          <Text id="ladder-words" className={classes.unseen} component="div">
            {arrows.map((arrow) => `${time(arrow.at)} ${name(arrow.from)} → ${name(arrow.to)}: ${arrow.text}${arrow.hint ? ` (${arrow.hint})` : ''}`).join('; ')}
          </Text>
        </>
      )}
    </Section>
  );
}
