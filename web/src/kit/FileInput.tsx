/** Choosing a file. The browser's own input speaks the browser's language; here it is hidden and a button in ours stands for it. */
import { useTranslation } from 'react-i18next';

interface Props {
  readonly id: string;
  readonly describedBy: string;
  /** Name of the file that was chosen, where it is still to be sent. */
  readonly chosen?: string | null;
  readonly accept?: string;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly onChoose: (file: File | null) => void;
}

export function FileInput({ id, describedBy, chosen, accept, disabled, invalid, onChoose }: Props) {
  const { t } = useTranslation('common');
  return (
    <span className="file-input">
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-invalid={invalid ? true : undefined}
        aria-describedby={describedBy}
        onChange={(event) => {
          onChoose(event.target.files?.[0] ?? null);
          event.target.value = '';
        }}
      />
      <span className="btn" aria-hidden="true">
        {t('chooseFile')}
      </span>
      <span className="name">{chosen ?? ''}</span>
    </span>
  );
}
