/** What somebody is called where one may be chosen who has left. */
export const nameOfUser = (user: { name: string; disabledAt: Date | null }, disabled: string): string =>
  user.disabledAt ? `${user.name} (${disabled})` : user.name;
