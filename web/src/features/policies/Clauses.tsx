/** The sentences of the document, with who checks each. */
import { useTranslation } from 'react-i18next';
import type { Item } from '@/api/types';
import { article } from '@/lib/article';
import { Empty } from '@/kit/Empty';
import { textOf } from '@/blocks/values';
import { useLang } from '@/kit/language';

type ClauseKind = 'deciding' | 'person' | 'information';

function kindOf(item: Item): ClauseKind {
  const { kind } = item.values;
  return kind === 'person' || kind === 'information' ? kind : 'deciding';
}

function position(item: Item): number {
  const value = item.values['position'];
  return typeof value === 'number' ? value : 0;
}

export function Clauses({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation('policies');
  const lang = useLang();
  const ordered = [...items].sort((a, b) => position(a) - position(b));
  return (
    <section className="s" aria-labelledby="clauses">
      <div className="ruled">
        <h2 id="clauses">{t('page.clauses')}</h2>
        <span className="tot">{t('page.clausesNote', { count: items.length })}</span>
      </div>
      {ordered.length === 0 ? (
        <Empty title={t('page.noClauses')} why={t('page.noClausesWhy')} />
      ) : (
        <>
          <ol className="law">
            {ordered.map((item) => (
              <li key={item.id}>
                <span className="art">{article(textOf(item.values['article'], lang), lang)}</span>
                <p>{textOf(item.values['text'], lang)}</p>
                <span className={`by-whom ${kindOf(item)}`}>{t(`page.kinds.${kindOf(item)}`)}</span>
              </li>
            ))}
          </ol>
          <p className="small muted help">{t('page.kindsHelp')}</p>
        </>
      )}
    </section>
  );
}
