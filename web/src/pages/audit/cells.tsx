// The words of an entry: who, whether, to what.
import { useTranslation } from 'react-i18next';
import { GoLink } from '@/parts/go-link.tsx';
import { Tag } from '@/parts/tag.tsx';
import { objectOf } from './entry.ts';

const uuid = /^[0-9a-f]{8}-/;
const short = (id: string): string => (uuid.test(id) && id.length === 36 ? `…${id.slice(-8)}` : id);

export function AllowedTag({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  return <Tag tone={allowed ? 'good' : 'bad'}>{t(allowed ? 'audit.yes' : 'audit.no')}</Tag>;
}

export function Actor({ id, logins }: { id: string; logins: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  const login = logins.get(id);
  if (login) return <span title={id}>{login}</span>;
  if (id === 'system' || id === 'nobody') return <span>{t(`audit.${id}`)}</span>;
  return <span title={id}>{short(id)}</span>;
}

export function ObjectWords({ object, logins, link = false }: { object: string; logins: ReadonlyMap<string, string>; link?: boolean }) {
  const { t } = useTranslation();
  const { kind, id } = objectOf(object);
  if (kind === null) return <span title={object}>{t(`audit.kinds.${object as 'signing_key'}`, { defaultValue: object })}</span>;
  const word = `${t(`audit.kinds.${kind as 'person'}`, { defaultValue: kind })} ${logins.get(id) ?? short(id)}`;
  return link && kind === 'person' ? <GoLink to="/people/$person" params={{ person: id }} size="sm">{word}</GoLink> : <span title={object}>{word}</span>;
}
