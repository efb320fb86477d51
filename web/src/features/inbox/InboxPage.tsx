/** The desk's inbox: cases by clock, the most pressing on top; the open one beside the list with what may be done. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useFlow } from '@/api/flow';
import { useModel } from '@/api/hooks';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { CaseStrip, FlowLamp } from '@/blocks/CaseStrip';
import { Clocks } from '@/blocks/Clocks';
import { CommandBar } from '@/blocks/CommandBar';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { StepsHistory } from '@/blocks/StepsHistory';
import { Button, ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { Lamp, type LampState } from '@/kit/Lamp';
import { SkeletonLines, SkeletonRows } from '@/kit/Skeleton';
import { useInbox } from './queries';
import { addressOf, caseKey, openOf, parseInbox, SHOWS, stepFrom, totalOf, type InboxState } from './state';
import { GROUPS, type Group, type InboxItem, type InboxPage as Page } from './wire';
import './inbox.css';

const LAMPS: Readonly<Record<Group, LampState>> = { overdue: 'red', today: 'yellow', soon: 'yellow', later: 'green', paused: 'paused' };

export default function InboxPage() {
  const { t } = useTranslation('inbox');
  const state = parseInbox(useSearch());
  const [, go] = useLocation();
  const inbox = useInbox(state);
  const move = (change: Partial<InboxState>) => go(withSearch('/work', addressOf({ ...state, ...change })), { replace: true });
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const first = inbox.data?.pages[0];
  const open = openOf(items, state.open);
  useKeys(items, open, move);
  return (
    <div className="inbox-page">
      <div className="inbox-head">
        <PageHeading title={t('title')}>{t('title')}</PageHeading>
        <div className="chips" role="group" aria-label={t('whose')}>
          {SHOWS.map((show) => (
            <button type="button" key={show} className="chip" aria-pressed={state.show === show} onClick={() => move({ show, open: '' })}>
              {t(`show.${show}`)}
            </button>
          ))}
        </div>
        <span className="small muted order">{t('order')}</span>
      </div>
      <div className={first && items.length === 0 ? 'inbox-cols none' : 'inbox-cols'}>
        <section className="inbox-list" aria-labelledby="waiting">
          <h2 id="waiting" className="sr">
            {t('list')}
          </h2>
          {first ? <Groups page={first} group={state.group} onGroup={(group) => move({ group, open: '' })} /> : null}
          <Loaded of={{ data: first, error: inbox.error, refetch: inbox.refetch }} waiting={<div className="pad"><SkeletonRows rows={7} /></div>}>
            {() => (items.length === 0 ? <Nothing state={state} onAll={() => move({ group: null, open: '', show: 'desk' })} /> : <List items={items} open={open} onOpen={(item) => move({ open: caseKey(item) })} />)}
          </Loaded>
          {inbox.hasNextPage ? (
            <p className="pad">
              <Button block busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
                {t('more')}
              </Button>
            </p>
          ) : null}
          {items.length === 0 ? null : <p className="small muted inbox-keys">{t('keys')}</p>}
        </section>
        {open ? <Beside key={caseKey(open)} item={open} /> : null}
      </div>
    </div>
  );
}

/** J and K walk, Enter opens; not while one types or a question is open. */
function useKeys(items: readonly InboxItem[], open: InboxItem | undefined, move: (change: Partial<InboxState>) => void) {
  const [, go] = useLocation();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const on = event.target instanceof Element ? event.target.closest('input, textarea, select, button, a, [role="alertdialog"]') : null;
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('.veil')) return;
      if (on !== null && (event.key === 'Enter' || !on.closest('.inbox-list'))) return;
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : null;
      if (by !== null && open) {
        const next = stepFrom(items, caseKey(open), by);
        if (!next) return;
        move({ open: caseKey(next) });
        document.getElementById(`case-${next.id}`)?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'Enter' && open) go(`/work/${caseKey(open)}`);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}

function Groups({ page, group, onGroup }: { readonly page: Page; readonly group: Group | null; readonly onGroup: (group: Group | null) => void }) {
  const { t } = useTranslation('inbox');
  return (
    <div className="chips inbox-groups" role="group" aria-label={t('byClock')}>
      <button type="button" className="chip" aria-pressed={group === null} onClick={() => onGroup(null)}>
        {t('all', { count: totalOf(page) })}
      </button>
      {GROUPS.map((one) => (
        <button type="button" key={one} className="chip" aria-pressed={group === one} onClick={() => onGroup(group === one ? null : one)}>
          <Lamp state={LAMPS[one]} word={`${t(`group.${one}`)} ${number(page.groups[one])}`} />
        </button>
      ))}
    </div>
  );
}

interface ListProps {
  readonly items: readonly InboxItem[];
  readonly open: InboxItem | undefined;
  readonly onOpen: (item: InboxItem) => void;
}

function List({ items, open, onOpen }: ListProps) {
  const { t } = useTranslation('inbox');
  const say = useSay();
  const model = useModel().data;
  return (
    <ul className="inbox-items">
      {items.map((item) => {
        const on = open !== undefined && caseKey(open) === caseKey(item);
        return (
          <li key={caseKey(item)} id={`case-${item.id}`} className={on ? 'on' : undefined}>
            <div className="between">
              <FlowLamp lamp={item.lamp} />
              <span className="small muted nw">{item.number}</span>
            </div>
            <h3>
              <Link href={`/work/${caseKey(item)}`} className="wide-off">
                {item.title}
              </Link>
              <button type="button" className="link wide-on" aria-current={on ? 'true' : undefined} onClick={() => onOpen(item)}>
                {item.title}
              </button>
            </h3>
            <p className="small soft between">
              <span className="grow">{item.firm === null ? '' : say(item.firm.title)}</span>
              <span>
                {[say(item.state_label), item.unassigned ? t('pool') : say(model?.records.find((record) => record.name === item.record)?.label)].filter((part) => part !== '').join(' · ')}
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function Nothing({ state, onAll }: { readonly state: InboxState; readonly onAll: () => void }) {
  const { t } = useTranslation('inbox');
  if (state.group !== null) {
    return (
      <Empty title={t('none.group')} why={t('none.groupWhy')}>
        <Button onClick={onAll}>{t('none.see')}</Button>
      </Empty>
    );
  }
  return (
    <Empty title={t(`none.${state.show}`)} why={t('none.why')}>
      <ButtonLink href="/work/records">{t('none.registers')}</ButtonLink>
    </Empty>
  );
}

/** The open case: enough to take it, sign it or hand it on without leaving the list. */
function Beside({ item }: { readonly item: InboxItem }) {
  const { t } = useTranslation('inbox');
  const say = useSay();
  const flow = useFlow(item.record, item.id);
  return (
    <section className="inbox-case" aria-labelledby="beside">
      <div className="between case-head">
        <h2 id="beside">
          <Link href={`/work/${caseKey(item)}`}>{item.title}</Link>
        </h2>
        <FlowLamp lamp={item.lamp} />
      </div>
      <p className="small soft case-ids">
        {item.number === null ? null : <span>{item.number}</span>}
        {item.firm === null ? null : <Link href={`/work/enterprise/${item.firm.id}`}>{say(item.firm.title)}</Link>}
      </p>
      <Loaded of={flow} waiting={<div className="panel pad"><SkeletonLines lines={5} /></div>}>
        {(data) => (
          <>
            <CaseStrip flow={data} />
            <div className="case-cols">
              <div>
                <Clocks flow={data} />
                <StepsHistory flow={data} />
              </div>
              <aside aria-label={t('doing')}>
                <ButtonLink href={`/work/${caseKey(item)}`} block>
                  {t('open')}
                </ButtonLink>
                <CommandBar flow={data} />
              </aside>
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}
