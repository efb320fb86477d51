/** A file to import, and the imports so far. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { FileInput } from '@/kit/FileInput';
import { useImports, useUpload } from './queries';
import { Refused } from './Refused';
import type { Imports } from './wire';
import './exchange.css';

export default function ImportsPage() {
  const { t } = useTranslation('exchange');
  const imports = useImports();
  return (
    <div className="wrap desk-page exchange-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft">{t('lead')}</p>
      <Loaded of={imports}>
        {(data) => (
          <div className="exchange-cols">
            {data.records.length === 0 ? <Empty title={t('cannot')} why={t('cannotWhy')} /> : <Upload data={data} />}
            <Earlier data={data} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Upload({ data }: { readonly data: Imports }) {
  const { t } = useTranslation('exchange');
  const [, go] = useLocation();
  const [record, setRecord] = useState(data.records.find((one) => one.id === 'enterprise')?.id ?? data.records[0]?.id ?? '');
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload();
  const send = () => (file ? upload.mutate({ record, file }, { onSuccess: (made) => go(`/work/import/${made.id}`) }) : undefined);
  return (
    <section className="panel pad exchange-form" aria-label={t('upload')}>
      <div className="field">
        <label htmlFor="import-record">{t('what')}</label>
        <select id="import-record" className="input" value={record} onChange={(event) => setRecord(event.target.value)}>
          {data.records.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="import-file">{t('file')}</label>
        <FileInput id="import-file" accept=".xlsx,.csv,.txt" describedBy="import-hint" chosen={file?.name ?? null} onChoose={(one) => { upload.reset(); setFile(one); }} />
        <span className="hint" id="import-hint">
          {t('fileHint', { mb: Math.floor(data.file_bytes / 1_048_576) })}
        </span>
      </div>
      {upload.error ? (
        <ErrorNote error={upload.error}>
          <Refused error={upload.error} />
        </ErrorNote>
      ) : null}
      <div>
        <Button look="primary" busy={upload.isPending} {...(file ? {} : { refusedBy: 'import-hint' })} onClick={send}>
          {t('upload')}
        </Button>
      </div>
    </section>
  );
}

function Earlier({ data }: { readonly data: Imports }) {
  const { t } = useTranslation('exchange');
  return (
    <section className="panel" aria-labelledby="imports">
      <div className="panel-h">
        <h2 id="imports">{t('mine')}</h2>
      </div>
      {data.imports.length === 0 ? (
        <Empty title={t('none')} why={t('noneWhy')} />
      ) : (
        <ul className="imports">
          {data.imports.map((one) => (
            <li key={one.id}>
              <Link href={`/work/import/${one.id}`}>{one.name}</Link>
              <span className="small muted">
                {data.records.find((record) => record.id === one.record)?.name ?? one.record} · {t('rows', { count: one.progress.rows })} · {one.created_at.slice(0, 16).replace('T', ' ')}
              </span>
              <span className="tag">{t(`stage.${one.stage}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
