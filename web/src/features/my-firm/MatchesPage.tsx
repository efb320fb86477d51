/** What fits a firm: the one question, four groups, and what is known of the firm. The front page of 我的企业. */
import { useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useModel } from '@/api/hooks';
import type { Matches } from '@/api/matches';
import type { Value } from '@/api/types';
import { clockOf, dayInWords, dayOf } from '@/lib/dates';
import { number } from '@/lib/numbers';
import { money } from '@/lib/money';
import { PageHeading } from '@/blocks/Page';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { Ask } from './Ask';
import { Groups, Tiles } from './Groups';
import { Known } from './Known';
import { MatchesSkeleton } from './MatchesSkeleton';
import { Outcome, type Change } from './Outcome';
import { askKey, isNumeric, pickQuestion } from './question';
import { useGiveAnswer, useMatches, useUndoAnswer } from './queries';
import { useKey } from './useKey';
import { useWhich, type Which } from './which';
import './matches.css';

export default function MatchesPage() {
  const { t } = useTranslation('my-firm');
  const which = useWhich();
  const matches = useMatches(which.firm);
  if (matches.data) return <Overview key={which.firm} matches={matches.data} which={which} />;
  if (matches.error) {
    return (
      <div className="wrap matches">
        <div className="head">
          <PageHeading title={t('title')}>{which.mine ? t('title') : t('theirs')}</PageHeading>
        </div>
        <ErrorNote error={matches.error} onRetry={() => void matches.refetch()} />
      </div>
    );
  }
  return <MatchesSkeleton />;
}

function Overview({ matches, which }: { readonly matches: Matches; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  return (
    <div className="wrap matches">
      <div className="head">
        <PageHeading title={`${which.mine ? t('title') : t('theirs')} · ${say(matches.firm.title)}`}>{say(matches.firm.title)}</PageHeading>
        <Summary matches={matches} mine={which.mine} />
      </div>
      <div className="cols">
        {which.mine ? (
          <Asking matches={matches} which={which} />
        ) : (
          <div>
            <Tiles matches={matches} which={which} />
            <Groups matches={matches} which={which} onAsk={() => undefined} />
          </div>
        )}
        <Known matches={matches} which={which} />
      </div>
    </div>
  );
}

function Summary({ matches, mine }: { readonly matches: Matches; readonly mine: boolean }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const { count, money: fen } = matches.groups.fits;
  const clock = clockOf(matches.as_of);
  const day = dayOf(matches.as_of);
  const when = day === matches.day ? t('head.today', { clock }) : `${dayInWords(day, lang, matches.day)} ${clock}`;
  const link = <a href="#group-fits" className="num" />;
  return (
    <p>
      <Trans t={t} i18nKey="head.checked" values={{ inForce: number(matches.in_force), when }} components={{ a: <Link href="/policies?status=in_force" className="num" /> }} />
      {lang === 'zh' ? '' : ' '}
      {count === 0 ? (
        t('head.none')
      ) : fen === 0 ? (
        t('head.fitsNoMoney', { count })
      ) : (
        <>
          {mine ? (
            <Trans t={t} i18nKey="head.fits" count={count} values={{ count, amount: money(fen, lang, 'column') }} components={{ a: link }} />
          ) : (
            <Trans t={t} i18nKey="head.fitsTheirs" count={count} values={{ count, amount: money(fen, lang, 'column') }} components={{ a: link }} />
          )}
        </>
      )}
    </p>
  );
}

/** The question and everything its answer moves. */
function Asking({ matches, which }: { readonly matches: Matches; readonly which: Which }) {
  const { t } = useTranslation('my-firm');
  const wanted = new URLSearchParams(useSearch()).get('ask') ?? '';
  const [, go] = useLocation();
  const [skipped, setSkipped] = useState(0);
  const [change, setChange] = useState<Change | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const fields = useModel().data?.records.find((record) => record.name === 'enterprise')?.fields ?? [];
  const give = useGiveAnswer(which.firm);
  const undo = useUndoAnswer(which.firm);
  const question = pickQuestion(matches, wanted, skipped, fields);
  const toQuestion = () =>
    requestAnimationFrame(() => {
      heading.current?.focus({ preventScroll: true });
      heading.current?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    });
  // One key for each time a question is shown: a second press, however quick, is the same answer.
  const shown = question ? `${askKey(question.field, question.year)} ${matches.sequence}` : '';
  const key = useKey(shown);
  const sent = useRef('');
  const answer = (value: Value, chosen = false) => {
    if (!question || sent.current === key) return;
    sent.current = key;
    undo.reset();
    give.mutate(
      { key, field: question.field, year: question.year, value, band: chosen && isNumeric(question) },
      {
        onError: () => {
          sent.current = '';
        },
        onSuccess: (result) => {
          setChange({ gained: result.gained, lost: result.lost, answer: result.answer_id });
          setSkipped(0);
          if (wanted !== '') go('/my-firm', { replace: true });
          toQuestion();
        },
      },
    );
  };
  const takeBack = (id: string) =>
    undo.mutate(id, {
      onSuccess: (result) => {
        setChange({ gained: result.gained, lost: result.lost, answer: null });
        toQuestion();
      },
    });
  const ask = (field: string, year: number | null) => {
    give.reset();
    go(`/my-firm?ask=${askKey(field, year)}`, { replace: true });
    toQuestion();
  };
  const skip = () => {
    give.reset();
    setSkipped(wanted === '' ? skipped + 1 : skipped);
    if (wanted !== '') go('/my-firm', { replace: true });
    toQuestion();
  };
  return (
    <div>
      <Outcome change={change} base={which.base} busy={undo.isPending} error={undo.error} onUndo={takeBack} />
      {question ? (
        <Ask question={question} left={Math.max(0, matches.questions.length - 1)} busy={give.isPending} error={give.error} heading={heading} onAnswer={answer} onSkip={skip} />
      ) : (
        <section className="ask done">
          <h2 tabIndex={-1} ref={heading}>
            {t('ask.done')}
          </h2>
          <p className="why">{t('ask.doneText')}</p>
        </section>
      )}
      <Tiles matches={matches} which={which} />
      <Groups matches={matches} which={which} onAsk={ask} />
    </div>
  );
}
