/** Empties the demo's database for the next scene: the collections stay, and are cheaper so than new ones. */
import { mongo } from 'mongoose';

export const emptyDatabase = async (uri: string): Promise<void> => {
  const client = new mongo.MongoClient(uri);
  try {
    for (const { collectionName } of await client.db().collections())
      await client.db().collection(collectionName).deleteMany({});
  } finally {
    await client.close();
  }
};
