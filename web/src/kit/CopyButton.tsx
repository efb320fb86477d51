/**
 * Copies the text of the element with this id. Where the browser gives no clipboard (plain http on an inner network),
 * the text is selected instead and the reader is told which key copies it.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Icon } from './Icon';

export function CopyButton({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'copy' | 'copied' | 'selected'>('copy');
  const copy = async () => {
    const source = document.getElementById(of);
    if (source) setState((await copied(source)) ? 'copied' : 'selected');
  };
  return (
    <>
      <Button size="sm" onClick={() => void copy()}>
        <Icon name={state === 'copied' ? 'check' : 'copy'} />
        {t('copy.copy')}
      </Button>
      <span className="small" role="status">
        {state === 'copy' ? '' : t(`copy.${state}`)}
      </span>
    </>
  );
}

async function copied(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    window.getSelection()?.selectAllChildren(source);
    return false;
  }
}
