/** The document's text clause by clause, and the clause chosen. On a narrow window first the one, then the other. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { withSearch } from '@/lib/search';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { ClausePane } from './ClausePane';
import { ClauseRail } from './ClauseRail';
import { useDesk } from './context';
import { freshKey, neighbour, newClause } from './document';
import { PasteText } from './PasteText';
import { ONE, useMedia } from './useMedia';

export function ClausesPart({ path }: { readonly path: string }) {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const [, go] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('clause');
  const one = useMedia(ONE);
  const [pasting, setPasting] = useState(false);
  const { clauses } = state.doc;
  const chosen = clauses.find((clause) => clause.key === wanted) ?? (one ? undefined : clauses[0]);
  const choose = (key: string | null) => go(withSearch(path, { clause: key }), { replace: !one });
  const add = () => {
    const key = freshKey('c', clauses);
    editor.edit((doc) => ({ ...doc, clauses: [...doc.clauses, newClause(key, null, '')] }));
    choose(key);
  };
  if (clauses.length === 0 || pasting) {
    return (
      <div className="mid paste-mid">
        <PasteText first={clauses.length === 0} onDone={(key) => (setPasting(false), key === null ? undefined : choose(key))} onWrite={clauses.length === 0 && editable ? add : undefined} />
      </div>
    );
  }
  const rail = <ClauseRail chosen={chosen?.key ?? ''} onChoose={choose} onAdd={add} onPaste={() => setPasting(true)} />;
  if (one && !chosen) return rail;
  const step = (by: -1 | 1) => {
    const next = chosen ? neighbour(clauses, chosen.key, by) : undefined;
    if (next) choose(next);
  };
  return (
    <>
      {one ? null : rail}
      <div className="mid">
        {one ? (
          <div className="steps">
            <Button size="sm" onClick={() => choose(null)}><Icon name="left" />{t('clauses.all')}</Button>
            <span className="grow" />
            <Button size="sm" aria-label={t('clauses.before')} onClick={() => step(-1)}><Icon name="up" /></Button>
            <Button size="sm" aria-label={t('clauses.after')} onClick={() => step(1)}><Icon name="down" /></Button>
          </div>
        ) : null}
        {chosen ? <ClausePane key={chosen.key} clause={chosen} /> : null}
      </div>
    </>
  );
}
