/** The document's text goes in whole and comes out as clauses; what is already there is not doubled. */
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useDesk } from './context';
import { withSplit } from './document';
import { splitText } from './queries';

interface Props {
  readonly first: boolean;
  readonly onDone: (firstKey: string | null) => void;
  readonly onWrite?: (() => void) | undefined;
}

export function PasteText({ first, onDone, onWrite }: Props) {
  const { t } = useTranslation('authoring');
  const { editor, editable } = useDesk();
  const id = useId();
  const [text, setText] = useState('');
  const split = useMutation({
    mutationFn: splitText,
    onSuccess: ({ clauses }) => {
      const before = editor.get().doc.clauses.length;
      editor.edit((doc) => withSplit(doc, clauses));
      // a whole text is not typed twice
      void editor.flush();
      onDone(editor.get().doc.clauses[before]?.key ?? null);
    },
  });
  return (
    <section className="panel pad paste" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{first ? t('paste.first') : t('paste.more')}</h2>
      <p className="soft">{t('paste.lead')}</p>
      <label className="sr" htmlFor={id}>{t('paste.label')}</label>
      <textarea id={id} className="input" rows={14} value={text} placeholder={t('paste.placeholder')} readOnly={!editable} onChange={(event) => setText(event.target.value)} />
      {split.error ? <ErrorNote error={split.error} onRetry={() => split.mutate(text)} /> : null}
      <div className="row wrap-row">
        <Button look="primary" busy={split.isPending} onClick={() => (text.trim() === '' ? document.getElementById(id)?.focus() : split.mutate(text))}>{t('paste.action')}</Button>
        {onWrite ? <Button onClick={onWrite}>{t('paste.byHand')}</Button> : null}
        {first ? null : <Button look="quiet" onClick={() => onDone(null)}>{t('paste.cancel')}</Button>}
      </div>
    </section>
  );
}
