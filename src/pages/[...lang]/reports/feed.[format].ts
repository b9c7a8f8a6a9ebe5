import type { APIRoute } from 'astro';
import { answerReportFeed } from '../../../http/published/feed-response.ts';

export const GET: APIRoute = (context) => answerReportFeed(context);
