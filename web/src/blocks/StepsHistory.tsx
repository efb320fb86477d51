/** What happened to a case, newest first, with what was said; nobody can change it. */
import { useTranslation } from 'react-i18next';
import type { FlowView } from '@/api/flow';
import { useSession } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { useSay } from '@/kit/language';
import './flow.css';

export function StepsHistory({ flow }: { readonly flow: FlowView }) {
  const { t } = useTranslation();
  const say = useSay();
  const today = useSession().data?.installation.as_of;
  return (
    <section className="panel steps-history" aria-labelledby="steps">
      <div className="panel-h">
        <h2 id="steps">{t('flow.steps')}</h2>
        <span className="small muted">{t('flow.stepsNote', { count: flow.steps.length })}</span>
      </div>
      <ol>
        {[...flow.steps].reverse().map((step, at) => (
          <li key={`${step.at} ${step.command} ${at}`}>
            <time dateTime={step.at}>{logTime(step.at, today)}</time>
            <div>
              <p>
                <b>{say(step.label)}</b>
                {step.from === step.to ? null : <span className="muted small"> → {say(step.to_label)}</span>}
              </p>
              <p className="small muted">{step.by_name ?? t('flow.system')}</p>
              {Object.entries(step.inputs).map(([name, said]) => (
                <blockquote key={name}>{said}</blockquote>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
