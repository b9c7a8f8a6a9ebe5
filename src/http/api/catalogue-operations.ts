import { z } from 'zod';
import type { Act, ActOn } from '../../domain/core/act.ts';
import { notFound } from '../../domain/core/errors.ts';
import { type ApiContext, change, type Operation, operation, type PublicRead } from './operation.ts';

/** What a noun of the catalogue (category, component, group) is called, what its answers say, and its verbs. */
export interface CatalogueNoun<Shape extends z.ZodType<{ id: string }>, PublicShape extends z.ZodType> {
  /** In the singular and the plural, as answers name it. */
  one: string;
  many: string;
  shape: Shape;
  list: (context: ApiContext) => Promise<z.output<Shape>[]>;
  add: Act<{ id: string }>;
  change: ActOn<{ id: string }>;
  archive: ActOn<{ id: string }>;
  restore: ActOn<{ id: string }>;
  order?: Act<unknown>;
  publicRead?: PublicRead<PublicShape>;
}

/** The operations that every noun of the catalogue has. */
export function catalogueOperations<
  Shape extends z.ZodType<{ id: string }>,
  PublicShape extends z.ZodType = z.ZodType,
>(noun: CatalogueNoun<Shape, PublicShape>): Operation[] {
  const { one, many } = noun;
  const [One, Many] = [capital(one), capital(many)];
  const answer = z.object({ [one]: noun.shape });
  const answerMany = z.object({ [many]: z.array(noun.shape) });

  const showAll = async (context: ApiContext) => ({ body: { [many]: await noun.list(context) } });
  const showOne = async (context: ApiContext, { id }: { id: string }) => {
    const row = (await noun.list(context)).find((each) => each.id === id);
    if (!row) throw notFound();
    return { body: { [one]: row } };
  };
  const { order } = noun;

  return [
    operation('GET', `/${many}`, {
      id: `list${Many}`,
      summary: `All ${many} in order${noun.publicRead ? '; without a token the public ones with their state' : ''}.`,
      answer: answerMany,
      publicRead: noun.publicRead,
      run: showAll,
    }),
    change('POST', `/${many}`, {
      id: `add${One}`,
      summary: `Adds a ${one}.`,
      act: noun.add,
      answer,
      status: 201,
      show: async (context, added) => ({
        ...(await showOne(context, added)),
        location: `/api/v1/${many}/${added.id}`,
      }),
    }),
    operation('GET', `/${many}/{id}`, {
      id: `read${One}`,
      summary: `One ${one}.`,
      answer,
      run: showOne,
    }),
    change('PATCH', `/${many}/{id}`, {
      id: `change${One}`,
      summary: `Changes what is named of a ${one} and leaves the rest.`,
      act: noun.change,
      answer,
      show: showOne,
    }),
    change('POST', `/${many}/{id}/archive`, {
      id: `archive${One}`,
      summary: `Takes a ${one} out of use; its history stays.`,
      act: noun.archive,
      answer,
      show: showOne,
    }),
    change('POST', `/${many}/{id}/restore`, {
      id: `restore${One}`,
      summary: `Brings an archived ${one} back.`,
      act: noun.restore,
      answer,
      show: showOne,
    }),
    ...(order
      ? [
          change('POST', `/${many}/order`, {
            id: `order${Many}`,
            summary: `Puts all active ${many} of one level into the order named.`,
            act: order,
            answer: answerMany,
            show: showAll,
          }),
        ]
      : []),
  ];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
