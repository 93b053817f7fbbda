from .calendars import CalendarDay, TimerRun

__all__ = ["CalendarDay", "TimerRun"]
