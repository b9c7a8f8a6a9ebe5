import type { APIRoute } from 'astro';
import { answerFeed } from '../../http/published/feed-response.ts';

export const GET: APIRoute = (context) => answerFeed(context);
