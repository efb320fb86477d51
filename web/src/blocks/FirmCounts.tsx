/** For officials: how the firms they may see stand against this policy. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import type { Text } from '@/api/types';
import { number } from '@/lib/numbers';
import { Loaded } from './Loaded';
import { Mark, type MarkKind } from '@/kit/Mark';
import { useSay } from '@/kit/language';

interface Firms {
  readonly counts: { readonly yes: number; readonly near: number; readonly unknown: number; readonly no: number };
  readonly by_region: ReadonlyArray<{ readonly code: string; readonly label: Text; readonly yes: number }>;
}

export function FirmCounts({ policy }: { readonly policy: string }) {
  const { t } = useTranslation('policies');
  const say = useSay();
  const firms = useQuery({ queryKey: ['policy', policy, 'firms'], queryFn: ({ signal }) => get<Firms>(`/policies/${policy}/firms`, { answer: 'yes' }, signal) });
  const lines: ReadonlyArray<readonly [MarkKind & keyof Firms['counts'], string]> = [
    ['yes', t('page.firmsYes')],
    ['near', t('page.firmsNear')],
    ['unknown', t('page.firmsUnknown')],
    ['no', t('page.firmsNo')],
  ];
  return (
    <section className="panel card firms" aria-labelledby="firms">
      <h2 id="firms">{t('page.firms')}</h2>
      <Loaded of={firms}>
        {(data) => {
          const most = Math.max(1, ...data.by_region.map((one) => one.yes));
          return (
            <>
              <ul className="firm-counts">
                {lines.map(([key, word]) => (
                  <li key={key}>
                    <Mark kind={key} word={word} />
                    <b>{number(data.counts[key])}</b>
                  </li>
                ))}
              </ul>
              {data.by_region.length === 0 ? null : <h3>{t('page.byRegion')}</h3>}
              <ul className="firm-regions">
                {data.by_region.map((one) => (
                  <li key={one.code}>
                    <span>{say(one.label)}</span>
                    <span className="bar">
                      <i style={{ width: `${(one.yes / most) * 100}%` }} />
                    </span>
                    <span className="r">{number(one.yes)}</span>
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
