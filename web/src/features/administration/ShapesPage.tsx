/** Putting official map shapes in place of the tiles. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, send } from '@/api/client';
import { keys } from '@/api/keys';
import { isProblem } from '@/api/problem';
import type { Text } from '@/api/types';
import { PageHeading } from '@/blocks/Page';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { FileInput } from '@/kit/FileInput';
import { useSay } from '@/kit/language';
import { readShapes, type ShapesFault } from './geojson';
import './administration.css';

type Chosen = { readonly name: string; readonly shapes: unknown; readonly codes: readonly string[] } | { readonly name: string; readonly fault: ShapesFault };

export default function ShapesPage() {
  const { t } = useTranslation('administration');
  const say = useSay();
  const queries = useQueryClient();
  const map = useQuery({ queryKey: keys.map, queryFn: ({ signal }) => get<{ readonly regions: ReadonlyArray<{ readonly code: string; readonly name: Text }>; readonly shapes: unknown }>('/map', undefined, signal) });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const put = useMutation({
    mutationFn: (shapes: unknown) => send('PUT', '/map/shapes', { body: shapes }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.map }),
  });
  const read = async (file: File | undefined) => {
    put.reset();
    if (file) setChosen({ name: file.name, ...readShapes(await file.text()) });
  };
  const known = chosen && 'codes' in chosen ? (map.data?.regions.filter((region) => chosen.codes.includes(region.code)) ?? []) : [];
  const fault = chosen && 'fault' in chosen ? chosen.fault : null;
  return (
    <div className="wrap desk-page">
      <PageHeading title={t('shapes')}>{t('shapes')}</PageHeading>
      <p className="soft">{map.data?.shapes ? t('shapesThere') : t('shapesNone')}</p>
      <section className="panel shapes-form" aria-label={t('shapes')}>
        <div className="field">
          <label htmlFor="file">{t('file')}</label>
          <FileInput id="file" accept=".json,.geojson,application/geo+json,application/json" invalid={Boolean(fault)} describedBy={fault ? 'file-hint file-wrong' : 'file-hint'} onChoose={(file) => void read(file ?? undefined)} />
          <span className="hint" id="file-hint">
            {t('fileHint')}
          </span>
          {fault ? (
            <span className="wrong" id="file-wrong" role="alert">
              {t(`faults.${fault}`)}
            </span>
          ) : null}
        </div>
        {chosen && 'codes' in chosen ? (
          <>
            <p role="status">{t('found', { count: chosen.codes.length, known: known.length })}</p>
            {known.length === 0 ? <p className="soft small">{t('noneKnown')}</p> : <p className="soft small">{known.map((region) => say(region.name)).join(' · ')}</p>}
          </>
        ) : null}
        {put.error ? (
          <ErrorNote error={put.error}>
            {isProblem(put.error) && put.error.errors.length > 0 ? (
              <ul className="small">
                {put.error.errors.map((one) => (
                  <li key={one.field}>
                    <span className="mono">{one.field}</span> {one.message}
                  </li>
                ))}
              </ul>
            ) : null}
          </ErrorNote>
        ) : null}
        {put.isSuccess ? (
          <div className="good saved" role="status">
            <p>{t('shapesSaved')}</p>
            <ButtonLink href="/map" size="sm">
              {t('seeMap')}
            </ButtonLink>
          </div>
        ) : null}
        <div className="row wrap-row">
          <Button look="primary" busy={put.isPending} {...(chosen && 'shapes' in chosen ? {} : { refusedBy: 'file-hint' })} onClick={() => (chosen && 'shapes' in chosen ? put.mutate(chosen.shapes) : undefined)}>
            {t('import')}
          </Button>
        </div>
      </section>
    </div>
  );
}
