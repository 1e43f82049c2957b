"""Words of the short fields that a file of Formbricks only names. PURE."""

FIELDS: dict[str, dict[str, str]] = {
    key: dict(zip(("en", "nl", "de", "fr", "es", "ar"), words, strict=True))
    for key, words in {
        "firstName": ("First name", "Voornaam", "Vorname", "Prénom", "Nombre", "الاسم الأول"),
        "lastName": ("Last name", "Achternaam", "Nachname", "Nom", "Apellidos", "اسم العائلة"),
        "email": ("Mail address", "E-mailadres", "E-Mail-Adresse", "Adresse e-mail", "Correo electrónico", "البريد الإلكتروني"),
        "phone": ("Telephone number", "Telefoonnummer", "Telefonnummer", "Numéro de téléphone", "Número de teléfono", "رقم الهاتف"),
        "company": ("Company", "Bedrijf", "Firma", "Entreprise", "Empresa", "الشركة"),
        "addressLine1": (
            "Street and number",
            "Straat en huisnummer",
            "Straße und Hausnummer",
            "Rue et numéro",
            "Calle y número",
            "الشارع والرقم",
        ),
        "addressLine2": ("Addition", "Toevoeging", "Adresszusatz", "Complément d’adresse", "Datos adicionales", "تفاصيل إضافية"),
        "city": ("Town", "Plaats", "Ort", "Ville", "Ciudad", "المدينة"),
        "state": ("State or province", "Provincie", "Bundesland", "Région", "Provincia", "المحافظة"),
        "zip": ("Postal code", "Postcode", "Postleitzahl", "Code postal", "Código postal", "الرمز البريدي"),
        "country": ("Country", "Land", "Land", "Pays", "País", "البلد"),
    }.items()
}
