"""The only door to the database: schema, migrations, one file per family of tables.

Every function of the families takes an open connection first, so that the caller says what belongs
into one transaction:

    async with store.write() as tx:
        await listing.keep(tx, ...)
        await polls.succeeded(tx, ...)
"""

from bot.store.database import DatabaseTrouble, Store, Transaction
from bot.store.trouble import Trouble

__all__ = ["DatabaseTrouble", "Store", "Transaction", "Trouble"]
