/** Every fixture file in this folder that exports `routes` (except this one) is served; earlier names win. */
import { routes as city } from './city.ts';
import { routes as desk } from './desk.ts';
import { routes as firm } from './firm.ts';
import { routes as hall } from './hall.ts';
import { routes as people } from './people.ts';
import { routes as records } from './records.ts';
import type { Routes } from './server.ts';

export const routes: Routes = { ...people, ...hall, ...firm, ...records, ...desk, ...city };
