from bot.adapters.crm.sql.adapter import SqlCrm

__all__ = ["SqlCrm"]
