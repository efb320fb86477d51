/** What exactly was refused, line by line. */
import { isProblem } from '@/api/problem';

export function Refused({ error }: { readonly error: unknown }) {
  if (!isProblem(error) || error.errors.length < 2) return null;
  return (
    <ul className="small">
      {error.errors.map((one) => (
        <li key={one.field}>{one.message}</li>
      ))}
    </ul>
  );
}
