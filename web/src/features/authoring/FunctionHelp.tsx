/** What an expression may say: functions with an example each, parameters and lists in force. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSay } from '@/kit/language';
import { useDesk } from './context';

export function FunctionHelp() {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { vocabulary } = useDesk();
  const id = useId();
  const [q, setQ] = useState('');
  const has = (...texts: readonly string[]) => q.trim() === '' || texts.some((text) => text.toLowerCase().includes(q.trim().toLowerCase()));
  const functions = vocabulary.functions.filter((one) => has(one.name, one.about.zh, one.about.en));
  const facts = q.trim() === '' ? [] : vocabulary.facts.filter((one) => has(one.name, one.label.zh, one.label.en)).slice(0, 30);
  const named = [...vocabulary.parameters.map((one) => ({ ...one, call: `param("${one.name}")` })), ...vocabulary.lists.map((one) => ({ ...one, call: `listed("${one.name}", …)` }))].filter((one) => has(one.name, one.label.zh, one.label.en));
  return (
    <details className="help">
      <summary>{t('help.title')}</summary>
      <label className="sr" htmlFor={id}>{t('help.search')}</label>
      <input id={id} className="input" type="search" value={q} placeholder={t('help.search')} onChange={(event) => setQ(event.target.value)} />
      <dl>
        {facts.map((one) => <div key={one.name}><dt className="mono">{one.name}</dt><dd>{say(one.label)}</dd></div>)}
        {functions.map((one) => (
          <div key={one.name + one.signature}>
            <dt className="mono">{one.signature}</dt>
            <dd>{say(one.about)} <span className="mono muted">{one.example}</span></dd>
          </div>
        ))}
        {named.map((one) => <div key={one.call}><dt className="mono">{one.call}</dt><dd>{say(one.label)}{one.value ? <span className="muted"> {say(one.value)}</span> : null}</dd></div>)}
      </dl>
    </details>
  );
}
