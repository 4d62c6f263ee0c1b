"""What months, weekdays and time zones are called on pages, in the languages that are read."""

from __future__ import annotations

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene gennaio janeiro januari",
    2: "february feb februar février févr fevr febrero febbraio fevereiro februari",
    3: "march mar märz mrz mär mars marzo março maart",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio maio mei",
    6: "june jun juni juin junio giugno junho",
    7: "july jul juli juillet juil julio luglio julho",
    8: "august aug août aout agosto ago augustus",
    9: "september sep sept septembre septiembre setiembre settembre setembro",
    10: "october oct oktober okt octobre octubre ottobre outubro",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
GLUED_MONTHS = tuple(names.split()[0].capitalize() for names in _MONTHS.values())

_WEEKDAYS = (
    "monday mon montag mo lundi lun lunes lunedì segunda 월 월요일",
    "tuesday tue tues dienstag di mardi mar martes martedì terça 화 화요일",
    "wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì quarta 수 수요일",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì quinta 목 목요일",
    "friday fri freitag fr vendredi ven viernes vie venerdì sexta 금 금요일",
    "saturday sat samstag sa sonnabend samedi sam sábado sáb sabato 토 토요일",
    "sunday sun sonntag so dimanche dim domingo dom domenica 일 일요일",
)
WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}

# names that stand for one offset only; CST, IST or BST do not
ZONES = {
    "Z": "Z",
    "UTC": "Z",
    "GMT": "Z",
    "KST": "+09:00",
    "JST": "+09:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "EDT": "-04:00",
    "EST": "-05:00",
    "CDT": "-05:00",
    "MDT": "-06:00",
    "MST": "-07:00",
    "PDT": "-07:00",
    "PST": "-08:00",
}
