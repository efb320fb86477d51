/** One material that is asked for: a document or a few words do; a fact that would do as well is offered. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { FileInput } from '@/kit/FileInput';
import { useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { withMaterial, withoutMaterial } from './draft';
import { MaterialLine } from './Parts';
import { attach } from './queries';
import type { Drafting } from './useDraft';
import type { Claim, Wanted } from './wire';

interface Props {
  readonly claim: Claim;
  readonly wanted: Wanted;
  readonly drafting: Drafting;
  readonly lacks: boolean;
}

export function WantedOf({ claim, wanted, drafting, lacks }: Props) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const [words, setWords] = useState('');
  const id = `wanted-${wanted.clause}`;
  const given = claim.materials.filter((one) => one.clause === wanted.clause);
  const add = useMutation({
    mutationFn: async (file: File | null) => {
      const attached = file === null ? null : await attach(claim.id, file);
      const said = words.trim();
      const name = attached?.name ?? said.slice(0, 100);
      await drafting.flush((now) => ({ materials: withMaterial(now.materials, { clause: wanted.clause, name, ...(said === '' ? {} : { note: said }), ...(attached === null ? {} : { file: attached.id }) }) }));
    },
    onSuccess: () => setWords(''),
  });
  const remove = useMutation({ mutationFn: (material: string) => drafting.flush((now) => ({ materials: withoutMaterial(now.materials, material) })) });
  const field = wanted.fields[0];
  const error = add.error ?? remove.error;
  return (
    <li>
      <h3>
        <Mark kind={wanted.provided ? 'yes' : wanted.required ? 'unknown' : 'info'} word={wanted.provided ? t('fill.given') : wanted.required ? t('fill.required') : t('fill.optional')} small />
        <span>{say(wanted.label)}</span>
      </h3>
      <p className="small soft" id={`${id}-why`}>
        {say(wanted.why)} {field === undefined ? null : <Link href={`/my-firm?ask=${field}`}>{t('fill.answer')}</Link>}
      </p>
      {given.map((one) => (
        <p className="given" key={one.id}>
          <MaterialLine claim={claim.id} material={one} />
          <Button size="sm" look="quiet" busy={remove.isPending && remove.variables === one.id} aria-label={t('fill.removeOf', { name: one.name })} onClick={() => remove.mutate(one.id)}>
            {t('fill.remove')}
          </Button>
        </p>
      ))}
      <div className="give">
        <label className="sr" htmlFor={id}>
          {t('fill.fileOf', { what: say(wanted.label) })}
        </label>
        <FileInput id={id} describedBy={`${id}-why`} invalid={lacks} disabled={add.isPending} onChoose={(file) => { if (file) add.mutate(file); }} />
        <input className="input" aria-label={t('fill.wordsOf', { what: say(wanted.label) })} placeholder={t('fill.words')} maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />
        {words.trim() === '' ? null : (
          <Button size="sm" busy={add.isPending} onClick={() => add.mutate(null)}>
            {t('fill.give')}
          </Button>
        )}
      </div>
      {lacks ? <span className="wrong">{t('fill.needsThis')}</span> : null}
      {error ? <ErrorNote error={error} /> : null}
    </li>
  );
}
