/** What the firm contests, and what it was answered. */
import { useTranslation } from 'react-i18next';
import type { Contest } from '@/api/facts';
import { useSay } from '@/kit/language';

export function Contests({ contests }: { readonly contests: readonly Contest[] }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  if (contests.length === 0) return null;
  return (
    <section className="panel own-contests" aria-labelledby="own-contests">
      <h2 id="own-contests">{t('facts.contests')}</h2>
      <ul>
        {contests.map((contest) => (
          <li key={contest.id}>
            <b>{say(contest.fact)}</b>
            <span className={contest.state === 'open' ? 'tag open' : 'tag'}>{t(`facts.contestState.${contest.state}`)}</span>
            <span className="small soft">
              {contest.claimed === null
                ? t('facts.contestNoValue', { onFile: say(contest.on_file) })
                : t('facts.contestClaimed', { onFile: say(contest.on_file), claimed: say(contest.claimed) })}
              {' · '}
              {contest.number}
            </span>
            {contest.answer === null ? null : <span className="small">{t('facts.contestAnswer', { answer: contest.answer })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
