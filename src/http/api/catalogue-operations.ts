import { z } from 'zod';
import { notFound } from '../../domain/core/errors.ts';
import { archiveInput, orderInput } from '../../domain/core/fields.ts';
import { type ApiContext, type Operation, operation, type Params, type PublicRead } from './operation.ts';

type Change = (context: ApiContext, id: string, input: unknown) => Promise<unknown>;

/** What a noun of the catalogue (category, component, group) is called, what its answers say, and its verbs. */
export interface CatalogueNoun<Shape extends z.ZodType<{ id: string }>, PublicShape extends z.ZodType> {
  /** In the singular and the plural, as answers name it. */
  one: string;
  many: string;
  shape: Shape;
  list: (context: ApiContext) => Promise<z.output<Shape>[]>;
  addInput: z.ZodObject;
  add: (context: ApiContext, input: unknown) => Promise<{ id: string }>;
  changeInput: z.ZodObject;
  change: Change;
  archive: Change;
  restore: Change;
  order?: (context: ApiContext, input: unknown) => Promise<unknown>;
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
  const showOne = async (context: ApiContext, id: string) => {
    const row = (await noun.list(context)).find((each) => each.id === id);
    if (!row) throw notFound();
    return { body: { [one]: row } };
  };
  const changing =
    (change: Change) =>
    async (context: ApiContext, { id }: Params, input: unknown) => {
      await change(context, id, input);
      return showOne(context, id);
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
    operation('POST', `/${many}`, {
      id: `add${One}`,
      summary: `Adds a ${one}.`,
      input: noun.addInput,
      answer,
      status: 201,
      run: async (context, _params, input) => {
        const { id } = await noun.add(context, input);
        return { ...(await showOne(context, id)), location: `/api/v1/${many}/${id}` };
      },
    }),
    operation('GET', `/${many}/{id}`, {
      id: `read${One}`,
      summary: `One ${one}.`,
      answer,
      run: (context, { id }) => showOne(context, id),
    }),
    operation('PATCH', `/${many}/{id}`, {
      id: `change${One}`,
      summary: `Changes what is named of a ${one} and leaves the rest.`,
      input: noun.changeInput,
      answer,
      run: changing(noun.change),
    }),
    operation('POST', `/${many}/{id}/archive`, {
      id: `archive${One}`,
      summary: `Takes a ${one} out of use; its history stays.`,
      input: archiveInput,
      answer,
      run: changing(noun.archive),
    }),
    operation('POST', `/${many}/{id}/restore`, {
      id: `restore${One}`,
      summary: `Brings an archived ${one} back.`,
      input: archiveInput,
      answer,
      run: changing(noun.restore),
    }),
    ...(order ? [ordering(order)] : []),
  ];

  function ordering(reorder: NonNullable<typeof order>): Operation {
    return operation('POST', `/${many}/order`, {
      id: `order${Many}`,
      summary: `Puts all active ${many} of one level into the order named.`,
      input: orderInput,
      answer: answerMany,
      run: async (context, _params, input) => {
        await reorder(context, input);
        return showAll(context);
      },
    });
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
