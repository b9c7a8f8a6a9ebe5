import type { APIRoute } from 'astro';
import { answerApi } from '../../../http/api/answer.ts';

export const ALL: APIRoute = (context) => answerApi(context);
