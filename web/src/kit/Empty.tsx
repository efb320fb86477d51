/** Nothing here: what would be, why it is not, and the one thing to do. */
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly why?: string;
  readonly children?: ReactNode;
}

export function Empty({ title, why, children }: Props) {
  return (
    <div className="empty">
      <b>{title}</b>
      {why ? <p>{why}</p> : null}
      {children ? <div className="row wrap-row">{children}</div> : null}
    </div>
  );
}
