/** What is known of the firm, in short; the whole with sources is a click away. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Matches } from '@/api/matches';
import { useWords } from '@/blocks/values';
import { useSay } from '@/kit/language';
import type { Which } from './which';

/** The middle of a credit code is masked where it is only a reminder. */
export function masked(code: string): string {
  return code.length === 18 ? `${code.slice(0, 8)}******${code.slice(14)}` : code;
}

export function Known({ matches, which }: { readonly matches: Matches; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const words = useWords(
    'enterprise',
    matches.known.map((fact) => fact.field),
  );
  return (
    <aside className="side">
      <section className="panel" aria-labelledby="known">
        <h2 id="known">{which.mine ? t('known.title') : t('known.titleTheirs')}</h2>
        <dl className="kv">
          {matches.known.map((fact) => (
            <div key={`${fact.field} ${fact.year ?? ''}`}>
              <dt>
                {say(fact.label)}
                {fact.year === null ? null : <span className="tiny"> {fact.year}</span>}
              </dt>
              <dd>{fact.field === 'credit_code' && typeof fact.value === 'string' ? masked(fact.value) : fact.band ? t('facts.band', { band: say(fact.band) }) : words.value(fact.field, fact.value, matches.titles)}</dd>
            </div>
          ))}
        </dl>
        <p className="small">
          <Link href={which.mine ? '/my-firm/facts' : `/work/enterprise/${which.firm}`}>{t('known.more')}</Link>
        </p>
      </section>
    </aside>
  );
}
