// What roles and permissions mean, in the language of the page; what is new to us stays as the server says it.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

interface Named {
  name: string;
  meaning: string;
}

export function useMeanings() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const said = (key: string, meaning: string): string => (i18n.exists(key) ? t(key as 'permissions.ottb.slot.read') : meaning);
    return {
      permission: (one: Named) => said(`permissions.${one.name}`, one.meaning),
      role: (one: Named) => said(`people.roleMeans.${one.name}`, one.meaning),
      module: (name: string) => said(`people.modules.${name}`, name),
    };
  }, [t, i18n]);
}
