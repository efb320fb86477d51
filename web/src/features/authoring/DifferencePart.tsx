/** What this version says otherwise than another, by meaning and in words. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '@/api/authoring';
import { Loaded } from '@/blocks/Loaded';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { useDesk } from './context';
import { useDifference, useVersions } from './queries';

export function DifferencePart() {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  const { policy, number: own, revision, base } = state.version;
  const [from, setFrom] = useState<number | null>(null);
  const versions = useVersions(policy.id);
  const found = useDifference(policy.id, own, from, revision);
  const others = (versions.data?.versions ?? []).filter((one) => one.number !== own && one.state !== 'discarded');
  return (
    <div className="mid stack">
      <section className="panel item" aria-labelledby="diff-h">
        <div className="item-h">
          <h2 id="diff-h">{t('difference.title')}</h2>
          {others.length === 0 ? null : (
            <label className="of-item">
              <span>{t('difference.with')}</span>
              <select className="input" value={from ?? ''} onChange={(event) => setFrom(event.target.value === '' ? null : Number(event.target.value))}>
                <option value="">{base === null ? t('difference.inForceNow') : t('difference.inForce', { number: base })}</option>
                {others.map((one) => <option key={one.number} value={one.number}>{t('versionTag', { state: t(`state.${one.state}`), number: one.number })}</option>)}
              </select>
            </label>
          )}
        </div>
        {state.save.is === 'saved' ? null : <p className="small soft">{t('difference.savedOnly')}</p>}
        <Loaded of={found}>
          {(data) =>
            data.differences.length === 0 ? (
              <Empty title={t('difference.none')} why={t('difference.noneWhy')} />
            ) : (
              <ul className="diffs">
                {data.differences.map((one) => <Line key={`${one.part} ${one.key} ${one.change}`} one={one} />)}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  );
}

function Line({ one }: { readonly one: Difference }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  return (
    <li className={one.change}>
      <p className="df-h">
        <span className="tag">{t(`difference.${one.change}`)}</span>
        <span className="muted">{t(`difference.parts.${one.part}`)}</span>
        <b>{say(one.label) || one.key}</b>
      </p>
      {one.before ? <p><span className="tiny muted">{t('difference.before')}</span> <del>{say(one.before)}</del></p> : null}
      {one.after ? <p><span className="tiny muted">{t('difference.after')}</span> <ins>{say(one.after)}</ins></p> : null}
    </li>
  );
}
