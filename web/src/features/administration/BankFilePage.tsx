/** The bank's file: which columns in which order under which heads, how it is written, and a line to look at. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '@/api/client';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { TextField } from '@/kit/TextField';
import { checkBankFile, ENCODINGS, movedColumn, NEEDED, OUTGOING, sampleOf, useBankFile, words, type BankColumn, type BankFile } from './outgoing';
import './administration.css';
import './outgoing.css';

export default function BankFilePage() {
  const { t } = useTranslation('administration');
  const file = useBankFile();
  return (
    <div className="wrap desk-page">
      <PageHeading title={t('bankFile.title')}>{t('bankFile.title')}</PageHeading>
      <p className="soft">{t('bankFile.lead')}</p>
      <Loaded of={file}>{(data) => <Settings key={data.version} of={data} />}</Loaded>
    </div>
  );
}

function Settings({ of }: { readonly of: BankFile }) {
  const { t } = useTranslation('administration');
  const say = useSay();
  const queries = useQueryClient();
  const [columns, setColumns] = useState(of.columns);
  const [encoding, setEncoding] = useState(of.encoding);
  const [unit, setUnit] = useState(of.unit);
  const [header, setHeader] = useState(of.header);
  const [paid, setPaid] = useState(of.paid_words.join(' '));
  const [failed, setFailed] = useState(of.failed_words.join(' '));
  const save = useMutation({
    mutationFn: () => request<BankFile>('PUT', '/settings/bank-file', { body: { encoding, unit, header, columns, paid_words: words(paid), failed_words: words(failed) }, version: of.version }),
    onSuccess: (after) => queries.setQueryData(OUTGOING.bankFile, after),
  });
  const name = (field: string) => say(of.available.find((one) => one.field === field)?.label) || field;
  const fault = checkBankFile(columns);
  const said = fault === null ? '' : t(`bankFile.wrong.${fault.mistake}`, { what: fault.mistake === 'sameHead' ? fault.what : name(fault.what) });
  const changed = JSON.stringify([columns, encoding, unit, header, words(paid), words(failed)]) !== JSON.stringify([of.columns, of.encoding, of.unit, of.header, of.paid_words, of.failed_words]);
  const left = of.available.filter((one) => !columns.some((column) => column.field === one.field));
  return (
    <>
      <section className="panel bank-columns" aria-labelledby="bank-columns">
        <div className="panel-h">
          <h2 id="bank-columns">{t('bankFile.columns')}</h2>
          <span className="small muted">{t('bankFile.columnsNote')}</span>
        </div>
        <ol>
          {columns.map((column, at) => (
            <Column
              key={column.field} column={column} at={at} last={columns.length - 1} name={name(column.field)}
              onChange={(head) => setColumns(columns.map((one, place) => (place === at ? { ...one, head } : one)))}
              onMove={(by) => setColumns(movedColumn(columns, at, by))}
              onRemove={() => setColumns(columns.filter((_, place) => place !== at))}
            />
          ))}
        </ol>
        {left.length === 0 ? null : (
          <div className="bank-add">
            <label htmlFor="bank-add">{t('bankFile.add')}</label>
            <select id="bank-add" className="input" value="" onChange={(event) => setColumns([...columns, { field: event.target.value, head: name(event.target.value) }])}>
              <option value="">{t('bankFile.choose')}</option>
              {left.map((one) => (
                <option key={one.field} value={one.field}>
                  {say(one.label)}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="bank-how">
          <div className="field">
            <label htmlFor="bank-encoding">{t('bankFile.encoding')}</label>
            <select id="bank-encoding" className="input" value={encoding} onChange={(event) => setEncoding(ENCODINGS.find((one) => one === event.target.value) ?? 'utf-8')}>
              {ENCODINGS.map((one) => (
                <option key={one} value={one}>
                  {t(one === 'utf-8' ? 'bankFile.utf8' : 'bankFile.gb18030')}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="bank-unit">{t('bankFile.unit')}</label>
            <select id="bank-unit" className="input" value={unit} onChange={(event) => setUnit(event.target.value === 'fen' ? 'fen' : 'yuan')}>
              <option value="yuan">{t('bankFile.yuan')}</option>
              <option value="fen">{t('bankFile.fen')}</option>
            </select>
          </div>
          <label className="tick">
            <input type="checkbox" checked={header} onChange={(event) => setHeader(event.target.checked)} />
            <span>{t('bankFile.header')}</span>
          </label>
          <TextField className="words" label={t('bankFile.paidWords')} hint={t('bankFile.wordsHint')} value={paid} onValue={setPaid} autoComplete="off" placeholder={t('bankFile.paidUsual')} />
          <TextField className="words" label={t('bankFile.failedWords')} value={failed} onValue={setFailed} autoComplete="off" placeholder={t('bankFile.failedUsual')} />
        </div>
      </section>
      <section className="panel bank-sample" aria-labelledby="bank-sample">
        <div className="panel-h">
          <h2 id="bank-sample">{t('bankFile.sample')}</h2>
          <span className="small muted">{t('bankFile.sampleNote')}</span>
        </div>
        <pre className="mono" tabIndex={0} aria-labelledby="bank-sample">
          {header ? `${columns.map((column) => column.head).join(',')}\n` : ''}
          {columns.map((column) => sampleOf(column, unit)).join(',')}
        </pre>
      </section>
      <div className="bank-foot">
        {said === '' ? null : (
          <p className="wrong" id="bank-wrong" role="status">
            {said}
          </p>
        )}
        {save.error ? <ErrorNote error={save.error} /> : null}
        <div className="row wrap-row">
          <Button look="primary" busy={save.isPending} {...(said === '' ? (changed ? {} : { refusedBy: 'bank-unchanged' }) : { refusedBy: 'bank-wrong' })} onClick={() => save.mutate()}>
            {t('save')}
          </Button>
          <span className="small muted" id="bank-unchanged">
            {changed ? t('bankFile.changed') : t('outgoing.version', { count: of.version })}
          </span>
        </div>
      </div>
    </>
  );
}

interface ColumnProps {
  readonly column: BankColumn;
  readonly at: number;
  readonly last: number;
  readonly name: string;
  readonly onChange: (head: string) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function Column({ column, at, last, name, onChange, onMove, onRemove }: ColumnProps) {
  const { t } = useTranslation('administration');
  return (
    <li>
      <span className="at muted">{at + 1}</span>
      <span className="field-name">{name}</span>
      <input className="input" aria-label={t('bankFile.head', { name })} value={column.head} maxLength={60} onChange={(event) => onChange(event.target.value)} />
      <span className="acts">
        <button type="button" className="btn quiet sm" aria-label={t('bankFile.up', { name })} disabled={at === 0} onClick={() => onMove(-1)}>
          <Icon name="up" />
        </button>
        <button type="button" className="btn quiet sm" aria-label={t('bankFile.down', { name })} disabled={at === last} onClick={() => onMove(1)}>
          <Icon name="down" />
        </button>
        {NEEDED.includes(column.field) ? (
          <span className="small muted must">{t('bankFile.needed')}</span>
        ) : (
          <button type="button" className="btn quiet sm" aria-label={t('bankFile.remove', { name })} onClick={onRemove}>
            <Icon name="close" />
          </button>
        )}
      </span>
    </li>
  );
}
