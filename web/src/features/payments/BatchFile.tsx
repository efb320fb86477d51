/** The bank's file, and its return: what it would do is shown before it does it; the chosen file stays until it is accepted. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intent, send } from '@/api/client';
import { money } from '@/lib/money';
import { number } from '@/lib/numbers';
import { saveFile } from '@/blocks/ExportButton';
import { Button } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { ErrorNote } from '@/kit/ErrorNote';
import { FileInput } from '@/kit/FileInput';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { isUsable, ordered } from './batch';
import { useApply, usePreview } from './queries';
import type { Batch, ReturnPreview, ReturnRow } from './wire';

export function FilePanel({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  const ready = batch.file;
  const take = useMutation({
    mutationFn: async () => saveFile(`${batch.number}.csv`, await (await send('GET', `/payment-batches/${encodeURIComponent(batch.id)}/file`)).blob()),
  });
  return (
    <section className="panel pad bank-file" aria-labelledby="bank-file">
      <h2 id="bank-file">{t('file.title')}</h2>
      <Button block busy={take.isPending} {...(ready ? {} : { refusedBy: 'file-why' })} onClick={() => take.mutate()}>
        <Icon name="download" />
        {t('file.download')}
      </Button>
      <p className="small soft" id="file-why">
        {ready ? t('file.why') : batch.state === 'cancelled' ? t('file.cancelled') : t('file.notYet')}
      </p>
      {take.error ? <ErrorNote error={take.error} onRetry={() => take.mutate()} /> : null}
    </section>
  );
}

interface Chosen {
  readonly file: File;
  readonly key: string;
}

export function ReturnPanel({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation('payments');
  const lang = useLang();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [asking, setAsking] = useState(false);
  const preview = usePreview(batch);
  const apply = useApply(batch);
  if (!batch.answer && !apply.isSuccess) return null;
  if (apply.isSuccess) {
    return (
      <div className="good" role="status">
        <b>{t('return.applied', { name: chosen?.file.name ?? '' })}</b>
        <p>{t('return.appliedWhy', { paid: apply.data.paid.count, failed: apply.data.failed.count })}</p>
      </div>
    );
  }
  const choose = (file: File | null) => {
    if (file === null) return;
    setChosen({ file, key: intent() });
    apply.reset();
    preview.mutate(file);
  };
  const error = preview.error ?? apply.error;
  return (
    <section className="panel" aria-labelledby="return">
      <div className="panel-h">
        <h2 id="return">{t('return.title')}</h2>
      </div>
      <div className="pad-x">
        <div className="field">
          <label htmlFor="return-file">{t('return.choose')}</label>
          <FileInput id="return-file" describedBy="return-hint" accept=".csv,.txt,.xlsx,text/csv" chosen={chosen?.file.name ?? null} disabled={preview.isPending || apply.isPending} onChoose={choose} />
          <span className="hint" id="return-hint">
            {t('return.hint')}
          </span>
        </div>
        {preview.isPending ? (
          <p className="soft" role="status">
            {t('return.reading')}
          </p>
        ) : null}
        {error ? <ErrorNote error={error} onRetry={chosen === null ? undefined : () => (preview.error ? preview.mutate(chosen.file) : apply.mutate(chosen))} /> : null}
      </div>
      {preview.data && chosen ? (
        <>
          <Preview of={preview.data} />
          <div className="pay-foot in-panel">
            <Button look="primary" busy={apply.isPending} {...(isUsable(preview.data) ? {} : { refusedBy: 'return-none' })} onClick={() => setAsking(true)}>
              {t('return.apply')}
            </Button>
            <span className="small soft" id="return-none">
              {isUsable(preview.data) ? t('return.once') : t('return.useless')}
            </span>
          </div>
          {asking ? (
            <Confirm
              title={t('return.confirm', { paid: preview.data.paid.count, amount: money(preview.data.paid.total, lang) })} action={t('return.apply')} busy={apply.isPending} onNo={() => setAsking(false)}
              onYes={() => apply.mutate(chosen, { onSettled: () => setAsking(false) })}
            >
              <p>{t('return.confirmText', { failed: preview.data.failed.count, missing: preview.data.missing.count })}</p>
            </Confirm>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function Preview({ of }: { readonly of: ReturnPreview }) {
  const { t } = useTranslation('payments');
  const [all, setAll] = useState(false);
  const rows = ordered(of.rows);
  const shown = all ? rows : rows.slice(0, 50);
  return (
    <div role="region" aria-label={t('return.preview')}>
      <dl className="tallies">
        {(['paid', 'failed', 'missing'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`return.${kind}`)}</dt>
            <dd>
              {number(of[kind].count)} <span className="u">{t('pieces')}</span>
            </dd>
            <dd className="small soft">
              <Money fen={of[kind].total} style="prose" />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('return.differences')}</dt>
          <dd>
            {of.differences === 0 ? <Mark kind="yes" word={t('return.noDifference')} /> : number(of.differences)}
          </dd>
        </div>
      </dl>
      <table className="tb cards-tb">
        <thead>
          <tr>
            <th scope="col">{t('head.firm')}</th>
            <th scope="col">{t('head.reference')}</th>
            <th scope="col" className="r">
              {t('head.expected')}
            </th>
            <th scope="col" className="r">
              {t('head.returned')}
            </th>
            <th scope="col">{t('head.result')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.row} row={row} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length ? (
        <p className="list-more more">
          <Button onClick={() => setAll(true)}>{t('return.showAll', { count: rows.length })}</Button>
        </p>
      ) : null}
    </div>
  );
}

const MARKS = { paid: 'yes', failed: 'no', unknown: 'unknown' } as const;

function Row({ row }: { readonly row: ReturnRow }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  return (
    <tr className={row.difference === null ? undefined : 'differs'}>
      <th scope="row">{row.firm === null ? <span className="muted">{t('return.noFirm', { row: row.row })}</span> : say(row.firm)}</th>
      <td data-label={t('head.reference')} className="mono">
        {row.reference}
      </td>
      <td className="r" data-label={t('head.expected')}>
        {row.expected === null ? <span className="muted">–</span> : <Money fen={row.expected} />}
      </td>
      <td className="r" data-label={t('head.returned')}>
        {row.amount === null ? <span className="muted">–</span> : <Money fen={row.amount} />}
      </td>
      <td data-label={t('head.result')}>
        <span>
          <Mark kind={MARKS[row.result]} word={t(`result.${row.result}`)} small /> <span className="small">{row.reason ?? ''}</span>
          {row.difference === null ? null : <span className="small wrong">{say(row.difference)}</span>}
        </span>
      </td>
    </tr>
  );
}
