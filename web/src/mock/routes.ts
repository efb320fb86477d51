/** Every fixture file in this folder that exports `routes` (except this one) is served; earlier names win. */
import { routes as authoring } from './authoring.ts';
import { routes as awards } from './awards.ts';
import { routes as claims } from './claims.ts';
import { routes as city } from './city.ts';
import { routes as desk } from './desk.ts';
import { routes as exchange } from './exchange.ts';
import { routes as facts } from './facts.ts';
import { routes as firm } from './firm.ts';
import { routes as hall } from './hall.ts';
import { routes as payments } from './payments.ts';
import { routes as outgoing } from './outgoing.ts';
import { routes as people } from './people.ts';
import { routes as records } from './records.ts';
import type { Routes } from './server.ts';

export const routes: Routes = { ...claims, ...awards, ...payments, ...outgoing, ...authoring, ...exchange, ...people, ...hall, ...facts, ...firm, ...records, ...desk, ...city };
