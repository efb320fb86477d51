/** One look for buttons and for links that act like the next step. One `primary` on a page. */
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';

export type ButtonLook = 'plain' | 'primary' | 'quiet';
interface Look {
  readonly look?: ButtonLook;
  readonly size?: 'sm' | 'md' | 'lg';
  readonly block?: boolean;
}

function classOf({ look = 'plain', size = 'md', block = false }: Look, more?: string): string {
  return ['btn', look === 'plain' ? '' : look, size === 'md' ? '' : size, block ? 'block' : '', more ?? ''].filter((part) => part !== '').join(' ');
}

type ButtonProps = ComponentProps<'button'> &
  Look & {
    /** Work is under way: the press is kept from repeating, the label stays. */
    readonly busy?: boolean;
    /** Refused: stays focusable, does nothing, and the reason is read from this element's id. */
    readonly refusedBy?: string;
  };

export function Button({ look, size, block, busy = false, refusedBy, className, onClick, type = 'button', ...rest }: ButtonProps) {
  const still = busy || refusedBy !== undefined;
  return (
    <button
      {...rest}
      type={still ? 'button' : type}
      className={classOf({ ...(look ? { look } : {}), ...(size ? { size } : {}), ...(block ? { block } : {}) }, className)}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      aria-describedby={refusedBy ?? rest['aria-describedby']}
      onClick={still ? (event) => event.preventDefault() : onClick}
    />
  );
}

interface LinkProps extends Look {
  readonly href: string;
  readonly children: ReactNode;
  readonly className?: string;
}

export function ButtonLink({ href, children, className, ...look }: LinkProps) {
  return (
    <Link href={href} className={classOf(look, className)}>
      {children}
    </Link>
  );
}
